package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.RealTimer;
import net.berth.engine.report.Health.PeerHealth;
import net.berth.lab.nipap.LabNipap;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.Prefix;
import net.berth.nipap.NipapIpam;
import net.berth.nipap.QuickNipap;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.view.EntryState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person is told, and what goes on, in each state of NIPAP's. */
@Tag("alone")
@Timeout(60)
class NipapStatesTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Prefix SMALL = Prefix.parse("10.1.0.0/30");

    private final LabNipap lab = LabNipap.start();
    private final NipapIpam ipam = QuickNipap.of(lab, new Random(1));
    private final FakeCompute compute = new FakeCompute();
    private final RealTimer timer = new RealTimer();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final Engine engine = engine(ipam);
    private final GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());

    private Engine engine(NipapIpam nipap) {
        return engine(nipap, network(""));
    }

    private static Network network(String pool) {
        return new Network("lan", "vmbr0", 0, SMALL, "10.1.0.1", "home.lan", List.of(), "", List.of(), pool);
    }

    private Engine engine(NipapIpam nipap, Network network) {
        return Engines.usual()
                .in(network)
                .forAll()
                .at(((InstantSource) now::get).withZone(ZoneOffset.UTC))
                .over(compute, nipap, new FakeRouter(), timer);
    }

    @AfterEach
    void stop() {
        engine.close();
        ipam.close();
        timer.close();
        lab.close();
    }

    private HookAnswer start(GuestId guest) {
        return start(engine, guest);
    }

    private static HookAnswer start(Engine engine, GuestId guest) {
        return engine.hook(new HookEvent(guest.vmid(), HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
    }

    private PeerHealth health() {
        return health(engine);
    }

    private static PeerHealth health(Engine engine) {
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
        assertThat(engine.guest(102, true).orElseThrow().conflicts())
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.code()).isEqualTo(ConflictCode.POOL_EXHAUSTED);
                    assertThat(conflict.message()).contains("lan", SMALL.toString());
                });
        assertThat(engine.guest(101, true).orElseThrow().conflicts())
                .extracting(Conflict::code)
                .isEmpty();
    }

    @Test
    void aMissingPrefixSaysToAddItAsAnAssignment() {
        assertThatThrownBy(() -> start(web)).isInstanceOf(PeerException.class).hasMessageContaining("assignment");
        assertThatThrownBy(() -> ipam.check(network(""))).hasMessageContaining("is not in VRF default");
        assertThat(health().up()).isFalse();
    }

    @Test
    void aPrefixOfTheWrongTypeIsToldWithItsType() {
        lab.addReservation(SMALL.toString(), "lan");
        assertThatThrownBy(() -> start(web)).isInstanceOf(PeerException.class).hasMessageContaining("assignment");
        assertThatThrownBy(() -> ipam.check(network(""))).hasMessageContaining("is a reservation");
    }

    @Test
    void aSettledGuestStartsFromMemoryWithinItsSecondWhileTheDatabaseIsDown() {
        lab.addAssignment(SMALL.toString(), "lan");
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        lab.mishaps().databaseDown(true);
        long begin = System.nanoTime();
        assertThat(start(web)).isInstanceOfSatisfying(HookAnswer.Settled.class, settled -> {
            assertThat(settled.report().nics().getFirst().states().ipam()).isEqualTo(EntryState.UNKNOWN);
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

    @Test
    void aSettledGuestStartsFromMemoryWithinItsSecondWhileNipapTakesCallsAndAnswersNone() {
        lab.addAssignment(SMALL.toString(), "lan");
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        CountDownLatch over = new CountDownLatch(1);
        lab.hooks().onCall(method -> waitFor(over));
        long begin = System.nanoTime();
        assertThat(start(web)).isInstanceOfSatisfying(HookAnswer.Settled.class, settled -> assertThat(
                        settled.report().nics().getFirst().states().ipam())
                .isEqualTo(EntryState.UNKNOWN));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        over.countDown();
    }

    @Test
    void aSettledGuestStartsFromMemoryHoweverLongNipapIsDown() {
        lab.addAssignment(SMALL.toString(), "lan");
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        lab.close();
        for (int hours = 0; hours < 3; hours++) {
            now.updateAndGet(time -> time.plus(Duration.ofHours(20)));
            assertThat(start(web)).isInstanceOfSatisfying(HookAnswer.Settled.class, settled -> assertThat(
                            settled.report().nics().getFirst().states().ipam())
                    .isEqualTo(EntryState.UNKNOWN));
        }
    }

    @Test
    void aGuestThatOnlyAFullPassHasSeenStartsFromMemoryToo() {
        lab.addAssignment(SMALL.toString(), "lan");
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        try (Engine restarted = engine(ipam)) {
            restarted.plan();
            lab.close();
            assertThat(start(restarted, web)).isInstanceOf(HookAnswer.Settled.class);
        }
    }

    @Test
    void aGuestThatWasReleasedIsNotSettledFromMemory() {
        lab.addAssignment(SMALL.toString(), "lan");
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        engine.release(Set.of(101), false);
        lab.close();
        assertThatThrownBy(() -> start(web)).isInstanceOf(PeerException.class).hasMessageContaining("NIPAP");
    }

    @Test
    void aNewGuestIsToldThatNipapIsDown() {
        lab.close();
        assertThatThrownBy(() -> start(web))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("cannot reach NIPAP");
        assertThat(health().problem()).contains("cannot reach NIPAP");
    }

    @Test
    void aUserWhoMayOnlyReadIsToldByThePassAndStaysToldWhileReadingWorks() {
        lab.addAssignment(SMALL.toString(), "lan");
        lab.users().addReadOnly("reader", "reader-nipap");
        try (NipapIpam reader = QuickNipap.of(lab, "reader", "reader-nipap", "default", new Random(1));
                Engine reading = engine(reader)) {
            reading.start();
            await().until(() -> !reading.health().lastPass().equals(Instant.EPOCH));
            assertThat(health(reading).problem()).contains("1520", "the right to write");
            assertThatThrownBy(() -> start(reading, web))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("the right to write");
            reading.plan();
            assertThat(health(reading).up()).as("reading alone is not enough").isFalse();
        }
        assertThat(lab.hosts()).isEmpty();
    }

    @Test
    void anUnknownVrfIsToldByItsName() {
        lab.addAssignment(SMALL.toString(), "lan");
        try (NipapIpam lost = QuickNipap.of(lab, LabNipap.USER, LabNipap.PASSWORD, "homelab", new Random(1));
                Engine engineOfLost = engine(lost)) {
            assertThatThrownBy(() -> start(engineOfLost, web))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("homelab")
                    .hasMessageContaining("nipap.vrf");
            assertThat(health(engineOfLost).problem()).contains("homelab");
            lab.addVrf("homelab", "65000:1");
            assertThatThrownBy(() -> start(engineOfLost, web)).hasMessageContaining("assignment");
        }
    }

    @Test
    void aMissingPrefixIsInTheHealthFromTheFirstPassUntilItIsThere() {
        compute.guests.clear();
        engine.start();
        await().until(() -> !engine.health().lastPass().equals(Instant.EPOCH));
        assertThat(health().problem()).contains(SMALL + " is not in VRF default", "add it there as an assignment");
        engine.plan();
        assertThat(health().up()).as("other calls succeed; it is still missing").isFalse();
        lab.addAssignment(SMALL.toString(), "lan");
        try (Engine restarted = engine(ipam)) {
            restarted.start();
            await().until(() -> !restarted.health().lastPass().equals(Instant.EPOCH));
            assertThat(health(restarted).up()).isTrue();
        }
    }

    @Test
    void aPrefixThatAPersonAddsEndsTheProblemWithTheNextPollNotWithTheNextPass() {
        compute.guests.clear();
        Engines polling = Engines.usual().in(network("")).forAll().every(Duration.ofMillis(50), Duration.ofHours(1));
        try (Engine watching = polling.over(compute, ipam, new FakeRouter(), timer)) {
            watching.start();
            await().until(() -> health(watching).problem().contains("add it there as an assignment"));
            lab.addAssignment(SMALL.toString(), "lan");
            await().until(() -> health(watching).up());
        }
    }

    @Test
    void aPoolOfNipapsIsWhereAddressesComeFromAndItsAbsenceIsTold() {
        lab.addAssignment(SMALL.toString(), "lan");
        try (Engine pooled = engine(ipam, network("guests"))) {
            pooled.start();
            await().until(() -> !pooled.health().lastPass().equals(Instant.EPOCH));
            assertThat(health(pooled).problem()).contains("no pool guests");
            assertThat(pooled.guest(101, true).orElseThrow().conflicts())
                    .extracting(Conflict::code)
                    .containsExactly(ConflictCode.POOL_MISSING);
            lab.addPool("guests");
            lab.joinPool(SMALL.toString(), "guests");
            now.updateAndGet(time -> time.plus(Duration.ofSeconds(5)));
            assertThat(start(pooled, web)).isInstanceOfSatisfying(HookAnswer.Settled.class, settled -> assertThat(
                            settled.report().nics().getFirst().address())
                    .isEqualTo("10.1.0.2/30"));
        }
    }

    private static void waitFor(CountDownLatch over) {
        try {
            assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
