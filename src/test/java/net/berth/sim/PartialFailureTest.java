package net.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.Sampled;
import net.berth.engine.port.Peer;
import net.berth.engine.report.Health;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each system down, slow, wrong, empty or half, and every two of them together, for seconds and for hours. A build tries
 * every failure of one system and a fixed sample of the pairs; {@code -Dberth.tests=all} tries all pairs.
 */
class PartialFailureTest {
    private static final long SECONDS = 45_000;
    private static final long HOURS = 3 * 3_600_000L;
    private static final long TWO_PASSES = 2 * Scene.RESYNC.toMillis() + 150_000;
    private static final long FREED = Scene.RELEASE_AFTER.toMillis() + Scene.RESYNC.toMillis() + 90_000;
    /** How many failures of two systems a build tries. */
    private static final int SAMPLE = 30;

    private static final int GUESTS = 6;
    /** Whether a guest was last seen with its rows or without makes so much; a leak a poll makes hundreds. */
    private static final int OF_A_GUEST = 10;

    private static final String DESTROYED = "pve:home:qemu:106:net0";
    private static final Alarm ALARM = new Alarm();

    /** What fails, and for how long. */
    record Case(Map<Peer, Ailment> ailments, long millis) {
        @Override
        public String toString() {
            return ailments + " for " + millis / 1000 + " s";
        }
    }

    static Stream<Case> cases() {
        List<Case> all = Stream.of(SECONDS, HOURS)
                .flatMap(millis -> pairs().stream().map(pair -> new Case(pair, millis)))
                .toList();
        if (Sampled.ALL) {
            return all.stream();
        }
        Map<Boolean, List<Case>> alone = all.stream()
                .collect(Collectors.partitioningBy(one -> one.ailments().size() == 1));
        List<Case> sample = new ArrayList<>(alone.getOrDefault(false, List.of()));
        Collections.shuffle(sample, new Random(1));
        return Stream.concat(
                alone.getOrDefault(true, List.of()).stream(), sample.stream().limit(SAMPLE));
    }

    /** One system alone is a pair with itself. */
    private static Set<Map<Peer, Ailment>> pairs() {
        List<Map.Entry<Peer, Ailment>> all = Stream.of(Peer.values())
                .flatMap(peer -> Stream.of(Ailment.values())
                        .filter(ailment -> ailment != Ailment.NONE)
                        .map(ailment -> Map.entry(peer, ailment)))
                .toList();
        return all.stream()
                .flatMap(one -> all.stream()
                        .filter(other -> one.equals(other) || one.getKey() != other.getKey())
                        .map(other -> one.equals(other) ? Map.ofEntries(one) : Map.ofEntries(one, other)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private World world;
    private int macs;

    @BeforeAll
    static void hushLogs() {
        ALARM.begin();
    }

    @AfterAll
    static void unhushLogs() {
        ALARM.end();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothingIsLostMeanwhileAndAllIsMendedAfterwards(Case trial) {
        settle();
        Map<String, String> before = addresses();
        assertThat(before).hasSize(GUESTS);
        Set<Object> foreign = foreign();

        world.trouble.until(world.kernel.now() + trial.millis());
        trial.ailments().forEach(this::fallsIll);
        lifeGoesOn();
        goesOn(trial.millis() / 2);
        int pending = world.kernel.pending();
        int held = held();
        goesOn(trial.millis() / 2);
        toldWhatIsWrong(trial);
        assertThat(world.kernel.pending())
                .as("alarms, threads that wait and calls under way do not gather")
                .isLessThanOrEqualTo(pending + 4 * GUESTS);
        assertThat(held())
                .as("nor does what the engine remembers: %s", holdings())
                .isLessThanOrEqualTo(held + OF_A_GUEST * GUESTS);
        if (trial.ailments().getOrDefault(Peer.PROXMOX, Ailment.SLOW) == Ailment.SLOW) {
            before.remove(DESTROYED);
        }
        assertThat(addresses()).as("no address changed meanwhile").containsAllEntriesOf(before);

        world.wire.heal();
        world.pve.hide(0);
        world.trouble.until(world.kernel.now());
        goesOn(TWO_PASSES);
        new Rest(world).converged();
        before.remove(DESTROYED);
        assertThat(addresses()).as("each has what it had").containsAllEntriesOf(before);
        assertThat(addresses()).as("the new one has one").hasSize(GUESTS);
        assertThat(health().up()).isTrue();
        goesOn(FREED);
        new Rest(world).nothingLeaked();
        assertThat(foreign()).isEqualTo(foreign);
        int writes = world.writes();
        goesOn(Scene.RESYNC.toMillis() + 30_000);
        assertThat(world.writes()).as("writes at rest").isEqualTo(writes);
        assertThat(world.judge.violation()).isEmpty();
        assertThat(ALARM.heard()).as("exceptions that nobody expected").isEmpty();
    }

    private Map<String, Integer> holdings() {
        return Holdings.of(world.lives.getFirst().engine());
    }

    private int held() {
        return holdings().values().stream().mapToInt(Integer::intValue).sum();
    }

    private void settle() {
        Kernel kernel = new Kernel(7, new Trace(false));
        world = new World(kernel, Scene.of(7, 1), new Faults(7, 0, Set.of()), new Mail(0, Mail.Manner.AS_THEY_ARE));
        new Cluster(world).addStranger();
        world.nipap.byHand(IpAddress.parse("10.0.1.4"), "nas", "by hand", "", List.of(Nipap.BY_HAND), kernel.now());
        for (int vmid = 101; vmid < 101 + GUESTS; vmid++) {
            create(vmid);
        }
        world.boot();
        goesOn(TWO_PASSES);
        new Rest(world).converged();
        assertThat(world.judge.violation()).isEmpty();
    }

    private void create(int vmid) {
        GuestType type = vmid % 2 == 0 ? GuestType.QEMU : GuestType.LXC;
        boolean qemu = type == GuestType.QEMU;
        Vm vm = new Vm(
                new GuestId(Pve.CLUSTER, type, vmid),
                "guest" + vmid,
                "pve1",
                qemu ? "uuid-" + vmid : "",
                qemu,
                world.kernel.now());
        vm.put(0, new MacAddress("BC:24:11:00:01:%02X".formatted(++macs)), Scene.LAN, new NicConfig.Dhcp());
        world.pve.add(vm);
    }

    private void fallsIll(Peer peer, Ailment ailment) {
        if (peer == Peer.PROXMOX && ailment == Ailment.EMPTY) {
            world.pve.hide(GUESTS + 1);
        } else if (peer == Peer.PROXMOX && ailment == Ailment.HALF) {
            world.pve.hide(GUESTS / 2);
        } else {
            world.wire.ails(peer, ailment);
        }
    }

    /** A settled guest starts, one stops, one is destroyed, one is made. */
    private void lifeGoesOn() {
        world.starts.start(vm(101), 0);
        world.starts.start(vm(102), 0);
        goesOn(10_000);
        world.starts.stop(vm(101), 0, true);
        world.pve.destroy(vm(106));
        create(111);
        world.starts.start(vm(111), 0);
    }

    private Vm vm(int vmid) {
        return world.pve.find(vmid).orElseThrow();
    }

    private void toldWhatIsWrong(Case trial) {
        Health health = health();
        trial.ailments().forEach((peer, ailment) -> {
            Health.PeerHealth shown = health.peers().stream()
                    .filter(one -> one.peer() == peer)
                    .findFirst()
                    .orElseThrow();
            if (ailment.isSeenIn(peer) && isAsked(peer, trial)) {
                assertThat(shown.up()).as("health of " + peer).isFalse();
                assertThat(shown.problem()).contains(ailment.words());
            }
        });
        health.peers().stream()
                .filter(one -> !trial.ailments().containsKey(one.peer()))
                .forEach(well -> assertThat(well.up()).as("health of " + well).isTrue());
    }

    /** Proxmox is asked with each poll, the others with each pass at the latest. */
    private static boolean isAsked(Peer peer, Case trial) {
        return peer == Peer.PROXMOX || trial.millis() == HOURS;
    }

    private Health health() {
        return world.lives.getFirst().engine().health();
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new TreeMap<>();
        List<String> twice = new ArrayList<>();
        world.nipap.all().stream()
                .filter(row -> row.ours() && !row.quarantined())
                .forEach(row -> {
                    if (addresses.put(row.externalKey(), row.address().toString()) != null) {
                        twice.add(row.externalKey());
                    }
                });
        assertThat(twice).as("NICs with two rows").isEmpty();
        return addresses;
    }

    /** What is not Berth's. */
    private Set<Object> foreign() {
        Set<Object> found =
                world.nipap.all().stream().filter(row -> !row.ours()).collect(Collectors.toSet());
        Stream.concat(world.edge.view().mappings().stream(), world.edge.view().records().stream())
                .filter(entry -> !world.edge.byBerth().contains(entry))
                .forEach(found::add);
        return found;
    }

    private void goesOn(long millis) {
        long end = world.kernel.now() + millis;
        while (world.kernel.now() < end && world.judge.violation().isEmpty()) {
            world.kernel.runUntil(Math.min(end, world.kernel.now() + 5_000));
        }
        assertThat(world.judge.violation()).isEmpty();
    }
}
