package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.GuestEdits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** States that the simulation found, in which Berth never came to rest. */
class RestTest {
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final NicConfig DHCP = new NicConfig.Dhcp();

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private final Engine engine =
            Engines.writing().every(POLL, Duration.ofDays(1)).over(compute, ipam, router, timer);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aContainerWithTheNumberOfAVmThatIsGoneDoesNotKeepItsRow() {
        GuestId vm = compute.add(GuestType.QEMU, 107, "web", DHCP);
        compute.add(GuestType.LXC, 200, "witness", DHCP);
        engine.start();
        timer.advance(Duration.ZERO);
        await().until(() -> ipam.of(new NicId(vm, 0)).isPresent());
        compute.guests.remove(vm);
        compute.add(GuestType.LXC, 107, "shop", DHCP);
        timer.advance(POLL);
        timer.advance(POLL);
        await().untilAsserted(() ->
                assertThat(ipam.of(new NicId(vm, 0)).orElseThrow().status()).isEqualTo(RowStatus.QUARANTINE));
        await().untilAsserted(() ->
                assertThat(router.mappings).extracting(Mapping::name).doesNotContain("web"));
    }

    /** Two receivers gave one name to two guests at the same moment; only all rows together show it. */
    @Test
    void aNameThatTwoGuestsGotAtTheSameTimeStaysWithTheFirst() {
        GuestId first = compute.add(GuestType.LXC, 101, "web", DHCP);
        GuestId second = compute.add(GuestType.LXC, 102, "web", DHCP);
        holdsTheName(first, 1, "192.168.1.20");
        holdsTheName(second, 2, "192.168.1.21");
        engine.sync(SyncOptions.PLAIN);
        assertThat(ipam.of(new NicId(first, 0)).orElseThrow().description()).isEqualTo("web.home.lan");
        assertThat(ipam.of(new NicId(second, 0)).orElseThrow().description()).isEqualTo("ct102-net0.home.lan");
        assertThat(router.mappings).extracting(Mapping::name).containsExactlyInAnyOrder("web", "ct102-net0");
    }

    /** The status says that the backup holds the guest, the config that was read next that it is over. */
    @Test
    void aBackupThatEndsBetweenTwoReadsDoesNotMakeARunningGuestLookStopped() {
        GuestId web = compute.add(GuestType.QEMU, 101, "web", DHCP);
        compute.status(web, GuestStatus.RUNNING, Duration.ofMinutes(1));
        engine.start();
        timer.advance(Duration.ZERO);
        await().untilAsserted(() -> assertThat(ipam.rows.getFirst().status()).isEqualTo(RowStatus.ASSIGNED));
        compute.status(web, GuestStatus.STOPPED, Duration.ZERO);
        hook(web, HookEvent.Phase.POST_STOP);
        await().untilAsserted(() -> assertThat(ipam.rows.getFirst().status()).isEqualTo(RowStatus.RESERVED));
        compute.change(web, guest -> GuestEdits.locked(guest, "backup"));
        compute.onRead = () -> {
            compute.change(web, guest -> GuestEdits.locked(guest, ""));
            compute.status(web, GuestStatus.RUNNING, Duration.ofSeconds(20));
        };
        hook(web, HookEvent.Phase.POST_START);
        await().untilAsserted(() -> assertThat(ipam.rows.getFirst().status()).isEqualTo(RowStatus.ASSIGNED));
    }

    private void hook(GuestId guest, HookEvent.Phase phase) {
        engine.hook(new HookEvent(guest.vmid(), phase, "pve1", ""), Duration.ofSeconds(10));
    }

    private void holdsTheName(GuestId guest, long number, String address) {
        MacAddress mac = compute.guests.get(guest).nics().getFirst().mac();
        Map<String, String> avps = new HashMap<>(Map.of(RowAttributes.MAC, mac.text()));
        ipam.insert(new AddressRow(
                number,
                IpAddress.parse(address),
                AddressRow.SOURCE,
                new NicId(guest, 0).externalKey(),
                "web",
                "web.home.lan",
                RowStatus.RESERVED,
                List.of("berth"),
                avps));
    }
}
