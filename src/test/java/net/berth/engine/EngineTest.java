package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.RealTimer;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.ConflictCode;
import net.berth.plan.Nets;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final NicConfig DHCP = new NicConfig.Dhcp();

    private Network network = Nets.LAN;
    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private final List<Engine> engines = new ArrayList<>();

    @AfterEach
    void stop() {
        engines.forEach(Engine::close);
        timer.close();
    }

    private Engine engine(Policy.Mode mode, Duration poll, Duration releaseAfter) {
        Engine engine = Engines.writing()
                .in(network)
                .mode(mode)
                .releaseAfter(releaseAfter)
                .every(poll, Duration.ofMinutes(10))
                .over(compute, ipam, router, timer);
        engines.add(engine);
        return engine;
    }

    private Engine engine() {
        return engine(Policy.Mode.SYNC, Duration.ofHours(1), Duration.ofHours(24));
    }

    private static HookEvent event(GuestId id, HookEvent.Phase phase) {
        return new HookEvent(id.vmid(), phase, "pve1", "");
    }

    private static GuestReport settled(HookAnswer answer) {
        assertThat(answer).isInstanceOf(HookAnswer.Settled.class);
        return ((HookAnswer.Settled) answer).report();
    }

    @Test
    void firstStartHasRowMappingAndNameBeforeTheHookIsAnswered() {
        GuestId web = compute.add(GuestType.QEMU, 101, "web", DHCP);
        GuestReport report = settled(engine().hook(event(web, HookEvent.Phase.PRE_START), WAIT));
        assertThat(report.nics().getFirst().address()).isEqualTo("192.168.1.20/24");
        assertThat(report.nics().getFirst().states().dhcp()).isEqualTo(EntryState.OK);
        assertThat(report.nics().getFirst().states().dns()).isEqualTo(EntryState.OK);
        assertThat(report.nics().getFirst().states().ipam()).isEqualTo(EntryState.OK);
        assertThat(ipam.of(new NicId(web, 0)).orElseThrow().description()).isEqualTo("web.home.lan");
        assertThat(router.mappings).hasSize(1);
        assertThat(router.records.getFirst().addresses()).containsExactly("192.168.1.20");
        assertThat(compute.writes).as("never inside the start's lock").isEmpty();
    }

    @Test
    void settledRestartCostsNoCommitAndNoRouterReadAndNoNewRow() {
        GuestId web = compute.add(GuestType.QEMU, 101, "web", DHCP);
        Engine engine = engine();
        settled(engine.hook(event(web, HookEvent.Phase.PRE_START), WAIT));
        int reads = router.reads;
        GuestReport again = settled(engine.hook(event(web, HookEvent.Phase.PRE_START), WAIT));
        assertThat(again.state()).isEqualTo(GuestState.SETTLED);
        assertThat(router.batches).hasSize(1);
        assertThat(router.reads).isEqualTo(reads);
        assertThat(ipam.adds).isEqualTo(1);
        assertThat(ipam.edits).isZero();
    }

    @Test
    void containerIsWrittenOnceItsLockIsFree() {
        GuestId ct = compute.add(GuestType.LXC, 201, "files", DHCP);
        compute.locked = true;
        Engine engine = engine();
        settled(engine.hook(event(ct, HookEvent.Phase.PRE_START), WAIT));
        assertThat(engine.hook(event(ct, HookEvent.Phase.POST_START), WAIT)).isInstanceOf(HookAnswer.Settled.class);
        assertThat(compute.writes).isEmpty();
        compute.locked = false;
        await().untilAsserted(() -> assertThat(compute.writes).hasSize(1));
        assertThat(compute.writes.getFirst().address()).hasToString("192.168.1.20/24");
    }

    @Test
    void statusFollowsTheGuestAfterTheHook() {
        GuestId ct = compute.add(GuestType.LXC, 201, "files", DHCP);
        Engine engine = engine();
        settled(engine.hook(event(ct, HookEvent.Phase.PRE_START), WAIT));
        assertThat(ipam.rows.getFirst().status()).isEqualTo(RowStatus.ASSIGNED);
        engine.hook(event(ct, HookEvent.Phase.POST_STOP), Duration.ZERO);
        await().untilAsserted(() -> assertThat(ipam.rows.getFirst().status()).isEqualTo(RowStatus.RESERVED));
        assertThat(router.mappings).as("a stop keeps").hasSize(1);
    }

    @Test
    void unselectedGuestIsLeftAlone() {
        GuestId id = compute.add(GuestType.LXC, 300, "other", DHCP);
        compute.change(id, FakeCompute::withoutHook);
        assertThat(engine().hook(event(id, HookEvent.Phase.PRE_START), WAIT))
                .isInstanceOf(HookAnswer.NotSelected.class);
        assertThat(ipam.rows).isEmpty();
    }

    @Test
    void cloneWithItsParentsAddressIsRefusedThenWrittenThenStarts() {
        NicConfig fixed = new NicConfig.Static(InterfaceAddress.parse("192.168.1.50/24"), "192.168.1.1");
        GuestId parent = compute.add(GuestType.QEMU, 101, "web", fixed);
        Engine engine = engine();
        settled(engine.hook(event(parent, HookEvent.Phase.PRE_START), WAIT));
        GuestId clone = compute.add(GuestType.QEMU, 102, "web2", fixed);
        HookAnswer answer = engine.hook(event(clone, HookEvent.Phase.PRE_START), WAIT);
        assertThat(answer).isInstanceOf(HookAnswer.Duplicate.class);
        assertThat(((HookAnswer.Duplicate) answer).reason()).contains("192.168.1.50", "web (home/qemu/101 net0)");
        await().untilAsserted(() -> assertThat(compute.writes).hasSize(1));
        GuestReport report = settled(engine.hook(event(clone, HookEvent.Phase.PRE_START), WAIT));
        assertThat(report.nics().getFirst().address()).isEqualTo("192.168.1.20/24");
        assertThat(report.conflicts()).isEmpty();
    }

    @Test
    void aGuestThatHasRunIsHeldAndOneThatIsNewIsWritten() {
        GuestId old = compute.add(GuestType.QEMU, 101, "old", DHCP);
        Engine engine = engine(Policy.Mode.SYNC, Duration.ofMillis(50), Duration.ofHours(24));
        engine.start();
        await().untilAsserted(() -> assertThat(router.mappings).hasSize(1));
        assertThat(engine.guest(101, true)
                        .orElseThrow()
                        .nics()
                        .getFirst()
                        .states()
                        .guest())
                .isEqualTo(EntryState.HELD);
        GuestId fresh = compute.add(GuestType.QEMU, 102, "fresh", DHCP);
        await().untilAsserted(() -> assertThat(compute.writes).hasSize(1));
        assertThat(compute.writes.getFirst().nic().guest()).isEqualTo(fresh);
        compute.status(fresh, GuestStatus.RUNNING, Duration.ofMinutes(5));
        await().untilAsserted(() -> assertThat(
                        ipam.of(new NicId(fresh, 0)).orElseThrow().avp(RowAttributes.BOOTED))
                .isEqualTo(RowAttributes.YES));
        assertThat(compute.images).isEmpty();
        assertThat(ipam.of(new NicId(old, 0))).isPresent();
    }

    @Test
    void hookIsAnsweredInTimeWhileTheRouterCommits() {
        GuestId web = compute.add(GuestType.QEMU, 101, "web", DHCP);
        router.hold = new CountDownLatch(1);
        Engine engine = engine();
        assertThat(engine.hook(event(web, HookEvent.Phase.PRE_START), Duration.ofMillis(200)))
                .isInstanceOf(HookAnswer.Accepted.class);
        router.hold.countDown();
        await().untilAsserted(() -> assertThat(router.mappings).hasSize(1));
    }

    @Test
    void changesThatWaitGoTogetherIntoTheNextCommit() {
        for (int i = 0; i < 50; i++) {
            compute.add(GuestType.LXC, 200 + i, "ct" + i, DHCP);
        }
        router.hold = new CountDownLatch(1);
        Engine engine = engine();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<HookAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                HookEvent event = event(FakeCompute.id(GuestType.LXC, 200 + i), HookEvent.Phase.PRE_START);
                answers.add(CompletableFuture.supplyAsync(() -> engine.hook(event, WAIT), pool));
            }
            await().untilAsserted(() -> assertThat(ipam.adds).isEqualTo(50));
            router.hold.countDown();
            answers.forEach(answer -> settled(answer.join()));
        }
        assertThat(router.batches).hasSizeLessThanOrEqualTo(3);
        assertThat(router.mappings.stream().map(Mapping::addressText).distinct())
                .hasSize(50);
    }

    @Test
    void settledGuestStartsWhileNipapIsDown() {
        GuestId web = compute.add(GuestType.LXC, 101, "web", DHCP);
        Engine engine = engine();
        settled(engine.hook(event(web, HookEvent.Phase.PRE_START), WAIT));
        ipam.down = true;
        GuestReport report = settled(engine.hook(event(web, HookEvent.Phase.PRE_START), WAIT));
        assertThat(report.nics().getFirst().states().ipam()).isEqualTo(EntryState.UNKNOWN);
        compute.add(GuestType.LXC, 102, "new", DHCP);
        assertThatThrownBy(
                        () -> engine.hook(event(FakeCompute.id(GuestType.LXC, 102), HookEvent.Phase.PRE_START), WAIT))
                .isInstanceOf(PeerException.class);
    }

    @Test
    void refusalOfTheRouterIsAConflictInItsOwnWordsAndNotSettled() {
        GuestId web = compute.add(GuestType.LXC, 101, "web", DHCP);
        router.refuse = "invalid host name";
        Engine engine = engine();
        assertThat(engine.hook(event(web, HookEvent.Phase.PRE_START), WAIT)).isInstanceOf(HookAnswer.Accepted.class);
        GuestReport report = engine.guest(101, true).orElseThrow();
        assertThat(report.conflicts()).extracting("code").contains(ConflictCode.ROUTER_REFUSED);
        assertThat(report.conflicts().getFirst().message()).contains("invalid host name");
        router.refuse = "";
        assertThat(engine.sync(101, SyncOptions.PLAIN).orElseThrow().conflicts())
                .isEmpty();
        assertThat(router.mappings).hasSize(1);
    }

    @Test
    void destroyedGuestIsQuarantinedThenFreed() {
        compute.addStranger();
        GuestId web = compute.add(GuestType.LXC, 101, "web", DHCP);
        Engine engine = engine(Policy.Mode.SYNC, Duration.ofMillis(50), Duration.ofSeconds(1));
        engine.start();
        await().untilAsserted(() -> assertThat(router.mappings).hasSize(1));
        compute.guests.remove(web);
        await().untilAsserted(() -> assertThat(ipam.rows).allMatch(row -> row.quarantined()));
        await().untilAsserted(() -> assertThat(router.mappings).isEmpty());
        await().untilAsserted(() -> assertThat(ipam.rows).isEmpty());
        assertThat(router.records).isEmpty();
    }

    @Test
    void manyGuestsThatVanishAtOnceAreKeptUntilAPersonConfirms() {
        compute.addStranger();
        for (int i = 0; i < 5; i++) {
            compute.add(GuestType.LXC, 200 + i, "ct" + i, DHCP);
        }
        Engine engine = engine(Policy.Mode.SYNC, Duration.ofMillis(50), Duration.ofSeconds(1));
        engine.start();
        await().untilAsserted(() -> assertThat(router.mappings).hasSize(5));
        compute.destroyAll();
        await().untilAsserted(() ->
                assertThat(engine.plan().conflicts()).extracting("code").containsExactly(ConflictCode.RELEASE_HELD));
        assertThat(ipam.rows).hasSize(5).noneMatch(row -> row.quarantined());
        assertThat(engine.release(java.util.Set.of(200, 201, 202, 203, 204), false))
                .isNotEmpty();
        await().untilAsserted(() -> assertThat(ipam.rows).isEmpty());
    }

    @Test
    void aMistakeInTheSettingsThatMovesEveryGuestReleasesNothing() {
        for (int i = 0; i < 5; i++) {
            compute.add(GuestType.LXC, 200 + i, "ct" + i, DHCP);
        }
        assertThat(engine().sync(SyncOptions.PLAIN).pending()).isFalse();
        List<AddressRow> rows = List.copyOf(ipam.rows);
        network = onAnotherBridge();
        Engine mistaken = engine();
        PassReport after = mistaken.sync(SyncOptions.PLAIN);
        assertThat(ipam.rows).containsExactlyElementsOf(rows);
        assertThat(router.mappings).hasSize(5);
        assertThat(after.guests())
                .flatExtracting(GuestReport::conflicts)
                .extracting("code")
                .contains(ConflictCode.RELEASE_HELD);
        mistaken.sync(200, SyncOptions.PLAIN);
        assertThat(ipam.rows)
                .as("a person's word for one guest")
                .filteredOn(AddressRow::quarantined)
                .hasSize(1);
    }

    private static Network onAnotherBridge() {
        return new Network(
                "lan",
                "vmbr9",
                0,
                Nets.LAN.prefix(),
                Nets.LAN.gateway().orElseThrow(),
                "home.lan",
                List.of(),
                "LAN",
                Nets.LAN.exclude());
    }

    @Test
    void suchAMistakeIsHeldBeforeTheFirstPassTooWhenAHostBootsAndItsGuestsStartOneByOne() {
        for (int i = 0; i < 8; i++) {
            compute.add(GuestType.LXC, 200 + i, "ct" + i, DHCP);
        }
        engine().sync(SyncOptions.PLAIN);
        network = onAnotherBridge();
        Engine mistaken = engine();
        for (int i = 0; i < 8; i++) {
            mistaken.hook(new HookEvent(200 + i, HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
        }
        assertThat(ipam.rows).filteredOn(AddressRow::quarantined).hasSizeLessThanOrEqualTo(3);
        assertThat(router.mappings).hasSizeGreaterThanOrEqualTo(5);
        mistaken.sync(SyncOptions.PLAIN);
        assertThat(ipam.rows).filteredOn(AddressRow::quarantined).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void dryRunWritesNothing() {
        compute.add(GuestType.LXC, 101, "web", DHCP);
        Engine engine = engine();
        PassReport report = engine.sync(new SyncOptions(true, false));
        assertThat(report.pending()).isTrue();
        assertThat(engine.sync(101, new SyncOptions(true, true)).orElseThrow().changes())
                .isNotEmpty();
        assertThat(ipam.adds + ipam.edits + router.batches.size() + compute.writes.size())
                .isZero();
        PassReport done = engine.sync(SyncOptions.PLAIN);
        assertThat(done.pending()).isFalse();
        assertThat(ipam.adds).isEqualTo(1);
    }

    @Test
    void driftOnTheRouterIsMended() {
        compute.add(GuestType.LXC, 101, "web", DHCP);
        Engine engine = engine();
        engine.sync(SyncOptions.PLAIN);
        Mapping ours = router.mappings.getFirst();
        router.mappings.set(
                0, new Mapping("LAN", ours.subnet(), ours.name(), ours.addressText(), "bc:24:11:ff:ff:ff", false));
        router.records.clear();
        assertThat(engine.guest(101, true)
                        .orElseThrow()
                        .nics()
                        .getFirst()
                        .states()
                        .dhcp())
                .isEqualTo(EntryState.DIFFERS);
        assertThat(engine.sync(SyncOptions.PLAIN).pending()).isFalse();
        assertThat(router.mappings).containsExactly(ours);
        assertThat(router.records).hasSize(1);
    }

    @Test
    void renameMovesTheNameAndKeepsTheAddress() {
        GuestId web = compute.add(GuestType.LXC, 101, "web", DHCP);
        Engine engine = engine();
        engine.sync(SyncOptions.PLAIN);
        compute.rename(web, "shop");
        engine.sync(101, SyncOptions.PLAIN);
        assertThat(router.records).extracting("name").containsExactly("shop.home.lan");
        assertThat(router.mappings).extracting("name").containsExactly("shop");
        assertThat(ipam.rows.getFirst().address()).hasToString("192.168.1.20");
        assertThat(ipam.rows.getFirst().avp(RowAttributes.WAS)).isEmpty();
    }
}
