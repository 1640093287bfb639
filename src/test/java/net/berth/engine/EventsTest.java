package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import net.berth.engine.port.RealTimer;
import net.berth.engine.report.NetworkReport;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.plan.address.AddressState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine tells of, and what it does not make a noise about. */
class EventsTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final NicConfig DHCP = new NicConfig.Dhcp();

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private final Engine engine = engine(Duration.ofHours(1));

    @AfterEach
    void stop() {
        engine.close();
        timer.close();
    }

    private Engine engine(Duration poll) {
        return Engines.writing()
                .releaseAfter(Duration.ofSeconds(1))
                .every(poll, Duration.ofMinutes(10))
                .over(compute, ipam, router, timer);
    }

    private void start(GuestId id) {
        engine.hook(new HookEvent(id.vmid(), HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
    }

    private List<String> told() {
        return told(engine);
    }

    private static List<String> told(Engine engine) {
        try {
            return engine.events().read(0, Duration.ofMillis(1)).stream()
                    .map(entry -> entry.event().type() + " " + entry.event().subject())
                    .toList();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFirstStartIsToldFromClaimToSettled() {
        start(compute.add(GuestType.QEMU, 101, "web", DHCP));
        await().untilAsserted(() -> assertThat(told())
                .containsExactly(
                        "address.claimed 192.168.1.2", "router.committed router", "guest.settled home/qemu/101"));
    }

    @Test
    void aGuestThatIsNotStartedIsSettledOnceItsConfigIsWritten() {
        compute.add(GuestType.LXC, 201, "files", DHCP);
        engine.sync(201, SyncOptions.PLAIN);
        await().untilAsserted(() -> assertThat(told())
                .containsExactly(
                        "address.claimed 192.168.1.2", "router.committed router", "guest.settled home/lxc/201"));
    }

    @Test
    void aStartOfASettledGuestIsNoNews() {
        GuestId web = compute.add(GuestType.QEMU, 101, "web", DHCP);
        start(web);
        await().until(() -> told().contains("guest.settled home/qemu/101"));
        start(web);
        engine.sync(SyncOptions.PLAIN);
        assertThat(told()).hasSize(3);
    }

    @Test
    void driftIsToldOfOncePerMendedEntry() {
        start(compute.add(GuestType.QEMU, 101, "web", DHCP));
        await().until(() -> told().contains("guest.settled home/qemu/101"));
        router.records.clear();
        engine.sync(SyncOptions.PLAIN);
        assertThat(told()).endsWith("router.committed router", "drift.mended home/qemu/101");
        assertThat(told()).hasSize(5);
    }

    @Test
    void aRenameIsNoDrift() {
        GuestId web = compute.add(GuestType.QEMU, 101, "web", DHCP);
        start(web);
        await().until(() -> told().contains("guest.settled home/qemu/101"));
        compute.rename(web, "shop");
        engine.sync(SyncOptions.PLAIN);
        assertThat(told())
                .noneMatch(event -> event.startsWith("drift"))
                .endsWith("guest.settled home/qemu/101")
                .filteredOn("guest.settled home/qemu/101"::equals)
                .hasSize(2);
    }

    @Test
    void aGuestSettledBeforeARestartIsNoNewsButItsLaterDriftIs() {
        compute.add(GuestType.QEMU, 101, "web", DHCP);
        engine.sync(SyncOptions.PLAIN);
        try (Engine next = engine(Duration.ofHours(1))) {
            next.sync(SyncOptions.PLAIN);
            assertThat(told(next)).as("settled for long").isEmpty();
            router.mappings.clear();
            next.sync(SyncOptions.PLAIN);
            assertThat(told(next)).contains("drift.mended home/qemu/101");
        }
    }

    @Test
    void aConflictIsToldOnceAndItsEndToo() {
        start(compute.add(GuestType.QEMU, 101, "web", DHCP));
        GuestId second = compute.add(GuestType.QEMU, 102, "web", DHCP);
        start(second);
        start(second);
        engine.sync(SyncOptions.PLAIN);
        assertThat(told()).filteredOn("guest.conflict home/qemu/102"::equals).hasSize(1);
        compute.rename(second, "web2");
        engine.sync(SyncOptions.PLAIN);
        assertThat(told()).endsWith("guest.settled home/qemu/102");
    }

    @Test
    void aSystemsOutageIsToldOnceAndItsReturnOnce() {
        GuestId web = compute.add(GuestType.QEMU, 101, "web", DHCP);
        start(web);
        await().until(() -> told().contains("guest.settled home/qemu/101"));
        ipam.down = true;
        start(web);
        start(web);
        ipam.down = false;
        start(web);
        await().untilAsserted(() -> assertThat(told()).endsWith("system.down nipap", "system.up nipap"));
        assertThat(told()).hasSize(5);
    }

    @Test
    void aFreedAddressIsToldOf() {
        compute.addStranger();
        GuestId web = compute.add(GuestType.LXC, 101, "web", DHCP);
        try (Engine polling = engine(Duration.ofMillis(50))) {
            polling.start();
            await().until(() -> told(polling).contains("guest.settled home/lxc/101"));
            compute.guests.remove(web);
            await().until(() -> told(polling).contains("address.released 192.168.1.2"));
        }
    }

    @Test
    void networksShowTheGuestsAddresses() {
        start(compute.add(GuestType.QEMU, 101, "web", DHCP));
        NetworkReport lan = engine.networks(true).getFirst();
        assertThat(lan.size()).isEqualTo(256);
        assertThat(lan.count(AddressState.RUNNING) + lan.count(AddressState.STOPPED))
                .isEqualTo(1);
        assertThat(lan.count(AddressState.DYNAMIC)).isEqualTo(51);
    }
}
