package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.berth.engine.Health.PeerHealth;
import net.berth.lab.nipap.LabNipap;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.nipap.NipapIpam;
import net.berth.nipap.QuickNipap;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.Mark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person is told, and what goes on, in each state of NIPAP's. */
@Timeout(60)
class NipapStatesTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Prefix SMALL = Prefix.parse("10.1.0.0/30");

    private final LabNipap lab = LabNipap.start();
    private final NipapIpam ipam = QuickNipap.of(lab, new Random(1));
    private final FakeCompute compute = new FakeCompute();
    private final RealTimer timer = new RealTimer();
    private final Engine engine = engine();
    private final GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());

    private Engine engine() {
        Network network = new Network(
                "lan", "vmbr0", 0, SMALL, IpAddress.parse("10.1.0.1"), "home.lan", List.of(), "", List.of());
        Policy policy = new Policy(
                Policy.Select.ALL, "berth", Policy.Mode.SYNC, Policy.WriteBack.NEVER, Duration.ofHours(24), 3);
        EngineSettings settings =
                new EngineSettings("home", List.of(network), policy, Duration.ofHours(1), Duration.ofHours(1));
        return new Engine(
                settings,
                compute,
                ipam,
                new FakeRouter(),
                timer,
                Clock.systemUTC(),
                new Random(1),
                new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        engine.close();
        ipam.close();
        timer.close();
        lab.close();
    }

    private HookAnswer start(GuestId guest) {
        return engine.hook(new HookEvent(guest.vmid(), HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
    }

    private PeerHealth health() {
        return engine.health().peers().stream()
                .filter(peer -> peer.peer() == Peer.NIPAP)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFullNetworkIsAConflictThatNamesIt() {
        lab.addAssignment(SMALL.toString(), "lan");
        start(web);
        GuestId second = compute.add(GuestType.LXC, 102, "db", new NicConfig.Dhcp());
        start(second);
        assertThat(engine.guest(102).orElseThrow().conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.POOL_EXHAUSTED);
            assertThat(conflict.message()).contains("lan", SMALL.toString());
        });
        assertThat(engine.guest(101).orElseThrow().conflicts())
                .extracting(Conflict::code)
                .isEmpty();
    }

    @Test
    void aMissingPrefixSaysToAddItAsAnAssignment() {
        assertThatThrownBy(() -> start(web)).isInstanceOf(PeerException.class).hasMessageContaining("assignment");
        assertThatThrownBy(() -> ipam.check(SMALL)).hasMessageContaining("is not in VRF default");
        assertThat(health().up()).isFalse();
    }

    @Test
    void aPrefixOfTheWrongTypeIsToldWithItsType() {
        lab.addReservation(SMALL.toString(), "lan");
        assertThatThrownBy(() -> start(web)).isInstanceOf(PeerException.class).hasMessageContaining("assignment");
        assertThatThrownBy(() -> ipam.check(SMALL)).hasMessageContaining("is a reservation");
    }

    @Test
    void aSettledGuestStartsFromMemoryWithinItsSecondWhileTheDatabaseIsDown() {
        lab.addAssignment(SMALL.toString(), "lan");
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        lab.mishaps().databaseDown(true);
        long begin = System.nanoTime();
        assertThat(start(web)).isInstanceOfSatisfying(HookAnswer.Settled.class, settled -> {
            assertThat(settled.report().nics().getFirst().ipam()).isEqualTo(Mark.UNKNOWN);
            assertThat(settled.report().nics().getFirst().address()).isEqualTo("10.1.0.2/30");
        });
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(health().up()).isFalse();
        assertThat(health().problem()).contains("PostgreSQL");
    }

    @Test
    void aSettledGuestStartsFromMemoryWithinItsSecondWhileNipapIsGone() {
        lab.addAssignment(SMALL.toString(), "lan");
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        lab.close();
        long begin = System.nanoTime();
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(health().problem()).contains("cannot reach NIPAP");
    }

    @Test
    void theHookOfASettledGuestMakesOneSmallCall() {
        lab.addAssignment(SMALL.toString(), "lan");
        start(web);
        lab.resetCalls();
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        assertThat(lab.calls()).containsOnlyKeys("search_prefix").containsValue(1);
    }
}
