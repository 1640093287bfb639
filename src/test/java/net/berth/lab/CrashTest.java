package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.berth.Sampled;
import net.berth.lab.nipap.LabRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A receiver that is killed after any of its calls leaves nothing that the next one does not put right. By default three
 * lives are told, with a kill after every call that changes something; {@code -Dberth.crash=changes}, as {@code -Dberth.tests=all}, tells all lives, and
 * {@code -Dberth.crash=all} kills also after every read and every line to the router. That takes some minutes a life: {@code -Dberth.crash.lives=STOP,START} tells these alone.
 */
class CrashTest {
    private static final Pattern CHANGES = Pattern.compile(
            "Proxmox (?:PUT|POST|DELETE) .*|NIPAP (?:add|edit|remove)_prefix|router vyatta-cfg-cmd-wrapper (?:commit|save).*");
    private static final String DEPTH = System.getProperty("berth.crash", Sampled.ALL ? "changes" : "some");
    private static final Predicate<String> COUNTS = DEPTH.equals("all") ? call -> true : CHANGES.asMatchPredicate();
    /** What a lost memory of the last list delays by a pass must not take minutes here. */
    private static final Map<String, String> SETTINGS =
            Map.of("resync: 10m", "resync: 2s", "release-after: 3s", "release-after: 1s");

    private static final int MOST = 400;
    private static final String CHOSEN = System.getProperty("berth.crash.lives", "");

    static Stream<CrashedLife> lives() {
        if (!CHOSEN.isEmpty()) {
            return Stream.of(CHOSEN.split(",", -1)).map(CrashedLife::valueOf);
        }
        return DEPTH.equals("some")
                ? Stream.of(CrashedLife.FIRST_START_OF_A_VM, CrashedLife.SECOND_NIC, CrashedLife.DESTROY)
                : Stream.of(CrashedLife.values());
    }

    @ParameterizedTest
    @MethodSource("lives")
    void aKilledReceiverLeavesNothingThatTheNextDoesNotPutRight(CrashedLife life) {
        List<String> kills = new ArrayList<>();
        try (LabLives lives = new LabLives(SETTINGS)) {
            LabHouse house = lives.house();
            house.nipap().addHost("192.168.1.21", Map.of("node", "printer", "description", "by hand"));
            // An empty list of guests would prove nothing to Berth.
            lives.runningContainer(100, "bystander");
            String rows = foreignRows(house);
            String router = house.router().dump();
            CrashPoint crash = new CrashPoint(house, CHANGES.asMatchPredicate(), COUNTS);
            boolean killed = true;
            for (int call = 1; killed && call <= MOST; call++) {
                int vmid = 100 + call;
                life.prepare(lives, vmid);
                crash.arm(call, vmid);
                life.begin(lives, vmid);
                await(life + " of " + vmid + " ends, or the receiver does")
                        .atMost(LabLives.PATIENCE)
                        .until(() -> crash.killed()
                                || (crash.isQuiet()
                                        && life.problems(lives, vmid).isEmpty()));
                String at = crash.disarm();
                killed = !at.isEmpty();
                if (killed) {
                    kills.add(at);
                    house.startReceiver();
                    life.afterwards(lives, vmid);
                }
                await(life + ", killed at call " + call + ": " + at)
                        .atMost(LabLives.PATIENCE)
                        .untilAsserted(
                                () -> assertThat(leftOver(lives, life, vmid)).isEmpty());
            }
            assertThat(foreignRows(house)).isEqualTo(rows);
            assertThat(house.router().dump().lines().toList())
                    .containsAll(router.lines().toList());
        }
        System.out.println(life + ": killed " + kills.size() + " times");
        kills.forEach(kill -> System.out.println("  after " + kill));
        assertThat(kills).hasSizeGreaterThanOrEqualTo(life.changes());
    }

    /** What is wrong with this guest, with rows of guests that are gone, and with rows that are doubled. */
    private static List<String> leftOver(LabLives lives, CrashedLife life, int vmid) {
        List<String> problems = new ArrayList<>(life.problems(lives, vmid));
        List<LabRow> rows = lives.house().nipap().hosts().stream()
                .filter(row -> row.source().equals("berth"))
                .toList();
        Set<String> keys = new HashSet<>();
        for (LabRow row : rows) {
            int owner = Integer.parseInt(row.externalKey().split(":", -1)[3]);
            if (!lives.pve().vmids().contains(owner)) {
                problems.add(row.address() + " is still " + row.status() + ", but " + owner + " is gone");
            }
            if (!row.status().equals("quarantine") && !keys.add(row.externalKey())) {
                problems.add(row.externalKey() + " has two rows");
            }
        }
        List<String> known = rows.stream().map(LabRow::address).toList();
        lives.house().router().mappings().stream()
                .map(line -> line.split(" ", -1)[3])
                .filter(address -> Integer.parseInt(address.replaceAll(".*\\.", "")) >= 20 && !known.contains(address))
                .forEach(address -> problems.add(address + " is mapped and has no row"));
        return problems;
    }

    private static String foreignRows(LabHouse house) {
        return house.nipap()
                .dump(row -> row.type().equals("host") && !row.source().equals("berth"));
    }
}
