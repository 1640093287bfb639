package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.berth.Sampled;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.edgemax.EdgeMaxSettings.HostKey;
import net.berth.edgemax.EdgeMaxSettings.Login;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.RealTimer;
import net.berth.engine.port.Router;
import net.berth.engine.report.Health;
import net.berth.engine.status.Event;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.lab.edgeos.Faults;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.plan.ConflictCode;
import net.berth.plan.Nets;
import net.berth.security.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real loop before the real driver before the router of the lab. */
class EngineOnEdgeMaxTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final int MANY = 100;
    /** More than the script of one attempt has. */
    private static final int MOST_LINES = 90;

    /** A build cuts at every third line, each night at all. */
    private static final int STEP = Sampled.ALL ? 1 : 3;

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final EdgeOs edge = EdgeOs.start();
    private final EdgeMaxRouter router = new EdgeMaxRouter(Bench.settings(edge, Duration.ofSeconds(20)));
    private final RealTimer timer = new RealTimer();
    private final Engine engine = engine(router);

    private Engine engine(Router over) {
        return Engines.usual().in(Nets.LAN).over(compute, ipam, over, timer);
    }

    @AfterEach
    void stop() {
        engine.close();
        timer.close();
        router.close();
        edge.close();
    }

    private HookAnswer start(int vmid) {
        return engine.hook(new HookEvent(vmid, HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
    }

    private List<HookAnswer> startAll(List<Integer> vmids) {
        try (var hooks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<HookAnswer>> answers = new ArrayList<>();
            vmids.forEach(vmid -> answers.add(CompletableFuture.supplyAsync(() -> start(vmid), hooks)));
            return answers.stream().map(CompletableFuture::join).toList();
        }
    }

    private List<Integer> guests(int count) {
        List<Integer> vmids =
                IntStream.range(0, count).map(i -> 101 + i).boxed().toList();
        vmids.forEach(vmid -> compute.add(GuestType.LXC, vmid, "guest-" + vmid, new NicConfig.Dhcp()));
        return vmids;
    }

    private Map<String, List<String>> names() {
        return edge.names();
    }

    @Test
    void hundredNewGuestsAtOnceCostAtMostThreeCommits() {
        List<Integer> vmids = guests(MANY);
        assertThat(startAll(vmids)).hasOnlyElementsOfType(HookAnswer.Settled.class);
        assertThat(edge.counters().commits()).isLessThanOrEqualTo(3);
        assertThat(edge.counters().dnsmasqRestarts()).isLessThanOrEqualTo(3);
        assertThat(edge.mappings()).hasSize(MANY + 1);
        assertThat(names()).containsKeys("guest-101.home.lan", "guest-200.home.lan");
        assertThat(edge.savedDump()).isEqualTo(edge.dump());
    }

    @Test
    void batchThatTheRouterRefusesAsAWholeGoesThroughButForTheCulprit() {
        List<Integer> vmids = guests(12);
        edge.faults().refuseNode("guest-105", "the daemon does not like it");
        List<HookAnswer> answers = startAll(vmids);
        assertThat(answers)
                .filteredOn(answer -> answer instanceof HookAnswer.Settled)
                .hasSize(11);
        assertThat(edge.mappings()).hasSize(12);
        assertThat(engine.guest(105, true).orElseThrow().conflicts()).anySatisfy(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.ROUTER_REFUSED);
            assertThat(conflict.message()).contains("the daemon does not like it");
        });
    }

    @Test
    void entryThatCouldNotBePutBackStaysAndIsNamedAndOtherGuestsGoOn() {
        startAll(guests(2));
        String unknown = "shared-network-name LAN subnet 192.168.1.0/24 static-mapping guest-101 newer-than-berth 1";
        edge.preset("set service dhcp-server " + unknown);
        compute.rename(FakeCompute.id(GuestType.LXC, 101), "web");
        compute.rename(FakeCompute.id(GuestType.LXC, 102), "files");

        engine.sync(SyncOptions.PLAIN);

        assertThat(names()).containsKeys("guest-101.home.lan", "files.home.lan");
        assertThat(edge.dump()).contains(unknown);
        assertThat(engine.guest(101, true).orElseThrow().conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.message()).contains(unknown));
        assertThat(engine.guest(101, true).orElseThrow().failure()).isEmpty();
    }

    @Test
    void aRouterThatCannotSaveIsDownUntilItCan() {
        guests(1);
        edge.faults().freeOnConfig(5, true);

        engine.guest(101, true);

        assertThat(routerHealth()).satisfies(health -> {
            assertThat(health.up()).isFalse();
            assertThat(health.problem()).contains("only 5 kB left on /config", "configure; save; exit");
        });
        edge.faults().freeOnConfig(20_000, false);
        assertThat(start(101)).isInstanceOf(HookAnswer.Settled.class);
        engine.guest(101, true);
        assertThat(routerHealth().up()).isTrue();
        assertThat(edge.savedDump()).isEqualTo(edge.dump());
    }

    @Test
    void aRouterThatShowsAnotherHostKeyOrRefusesTheLoginIsDown() throws InterruptedException {
        guests(1);
        var right = Bench.settings(edge);
        var wrong = List.of(
                Bench.with(right, new HostKey.Fingerprint("SHA256:" + "A".repeat(43))),
                Bench.with(right, new Login.Password(Secret.of("not-the-password"))));
        for (var settings : wrong) {
            try (EdgeMaxRouter stranger = new EdgeMaxRouter(settings);
                    Engine over = engine(stranger)) {
                assertThatThrownBy(() -> over.sync(SyncOptions.PLAIN)).isInstanceOf(PeerException.class);
                assertThat(routerHealth(over)).satisfies(health -> {
                    assertThat(health.up()).isFalse();
                    assertThat(health.problem()).isNotEmpty();
                });
                assertThat(over.events().read(0, Duration.ZERO))
                        .anySatisfy(told -> assertThat(told.event()).isInstanceOf(Event.SystemDown.class));
            }
        }
    }

    private Health.PeerHealth routerHealth() {
        return routerHealth(engine);
    }

    private static Health.PeerHealth routerHealth(Engine engine) {
        return engine.health().peers().stream()
                .filter(health -> health.peer() == Peer.ROUTER)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void modeThatTheAdminSwitchesIsFollowedByTheNextPassAndNothingElseIsWritten() {
        List<Integer> vmids = guests(3);
        startAll(vmids);
        String byDnsmasq = edge.dump();
        int restarts = edge.counters().dnsmasqRestarts();
        assertThat(byDnsmasq).as("one entry a guest is enough").doesNotContain("host-name guest-");
        assertThat(restarts).isLessThanOrEqualTo(3);

        edge.admin("set service dhcp-server use-dnsmasq disable");
        assertThat(names()).doesNotContainKey("guest-101.home.lan");
        engine.sync(SyncOptions.PLAIN);
        assertThat(names()).containsKeys("guest-101.home.lan", "guest-102.home.lan", "guest-103.home.lan", "guest-103");
        assertThat(edge.dhcpRuns()).isTrue();
        assertThat(engine.plan().pending()).isFalse();

        edge.admin("set service dhcp-server use-dnsmasq enable");
        engine.sync(SyncOptions.PLAIN);
        assertThat(edge.dump())
                .as("Berth's names of the other mode are gone, and nothing else")
                .isEqualTo(byDnsmasq);
        assertThat(names()).containsKeys("guest-101.home.lan", "guest-103.home.lan");
        assertThat(edge.dhcpRuns()).isTrue();
        assertThat(engine.plan().pending()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Faults.Cut.class)
    void connectionThatIsCutAtAnyLineIsFinishedByTheNextAttempt(Faults.Cut how) {
        edge.beginSession("another-admin", "set system host-name theirs");
        String foreign = foreign();
        int guests = 0;
        int line = 1;
        for (boolean reached = true; reached && line < MOST_LINES; line += STEP) {
            int vmid = 101 + guests++;
            compute.add(GuestType.LXC, vmid, "guest-" + vmid, new NicConfig.Dhcp());
            edge.faults().cutBeforeLine(line, how);
            engineAnswers(vmid);
            reached = !edge.faults().disarmCut();
            assertThat(engine.sync(vmid, SyncOptions.PLAIN)).isPresent();
            assertThat(names()).as("cut at line %s", line).containsKey("guest-" + vmid + ".home.lan");
            assertThat(edge.savedDump()).as("cut at line %s", line).isEqualTo(edge.dump());
            assertThat(foreign()).as("cut at line %s", line).isEqualTo(foreign);
        }
        assertThat(line).isBetween(15, MOST_LINES - 1);
        assertThat(edge.mappings()).hasSize(guests + 1);
        assertThat(engine.plan().pending()).isFalse();
        assertThat(edge.openSessions())
                .as("the other admin's work is as it was")
                .contains("another-admin");
        assertThat(edge.dump()).contains("host-name edge").doesNotContain("theirs");
    }

    private String foreign() {
        return edge.dump().lines().filter(line -> !line.contains(" guest-")).collect(Collectors.joining("\n"));
    }

    private void engineAnswers(int vmid) {
        try {
            start(vmid);
        } catch (PeerException cut) {
            assertThat(cut.peer()).isEqualTo(Peer.ROUTER);
        }
    }

    @Test
    void lockThatIsHeldForLongIsSaidInTheRoutersWords() {
        GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        edge.faults().holdLock(true);
        try (EdgeMaxRouter impatient = new EdgeMaxRouter(Bench.settings(edge, Duration.ofMillis(200)));
                Engine over = engine(impatient)) {
            HookAnswer answer = null;
            String said = "";
            try {
                answer = over.hook(new HookEvent(web.vmid(), HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
            } catch (PeerException held) {
                said = held.getMessage();
            }
            assertThat(answer).isNull();
            assertThat(said).contains("temporarily locked due to another commit in progress");
            assertThat(over.guest(101, true).orElseThrow().failure()).contains("temporarily locked");
            edge.faults().holdLock(false);
            over.sync(101, SyncOptions.PLAIN);
            assertThat(edge.mappings()).hasSize(2);
        }
    }
}
