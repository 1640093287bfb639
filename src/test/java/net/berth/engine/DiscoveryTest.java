package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.berth.engine.port.RealTimer;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.LeaseReport;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;
import net.berth.model.router.Lease;
import net.berth.model.router.Neighbour;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Instant END = Instant.parse("2031-01-01T00:00:00Z");
    private static final MacAddress STRANGER = MacAddress.parse("00:00:5E:00:53:07");

    private final FakeCompute compute = new FakeCompute();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private Engine engine;
    private GuestId web;

    @BeforeEach
    void start() {
        engine = Engines.usual().over(compute, new FakeIpam(), router, timer);
        web = compute.add(GuestType.QEMU, 101, "web", new NicConfig.Dhcp());
        compute.add(GuestType.QEMU, 102, "alien", new NicConfig.Dhcp());
        compute.change(FakeCompute.id(GuestType.QEMU, 102), FakeCompute::withoutHook);
        engine.hook(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
        compute.status(web, GuestStatus.RUNNING, Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        engine.close();
        timer.close();
    }

    private static Lease lease(int host, String mac, String client) {
        return new Lease(IpAddress.parse("192.168.1." + host), MacAddress.parse(mac), END, client);
    }

    private String bound() {
        return router.mappings.getFirst().addressText();
    }

    private LeaseReport only() {
        List<LeaseReport> leases = engine.leases(true).value();
        assertThat(leases).hasSize(1);
        return leases.getFirst();
    }

    private List<Conflict> conflicts() {
        return engine.sync(101, new SyncOptions(true, false)).orElseThrow().conflicts();
    }

    @Test
    void strangersLeaseIsUnknownAndSaysHowLongItLasts() {
        router.leases.add(lease(230, STRANGER.text(), "phone"));
        LeaseReport lease = only();
        assertThat(lease.guest()).isEmpty();
        assertThat(lease.clientName()).isEqualTo("phone");
        assertThat(lease.network()).isEqualTo("lan");
        assertThat(lease.left()).isBetween(Duration.ofDays(1), Duration.between(Instant.EPOCH, END));
    }

    @Test
    void leaseThatHasEndedIsNotShown() {
        router.leases.add(
                new Lease(IpAddress.parse("192.168.1.230"), STRANGER, Instant.parse("2020-01-01T00:00:00Z"), ""));
        assertThat(engine.leases(true).value()).isEmpty();
    }

    @Test
    void leaseOfAGuestThatIsNotSelectedSaysThatItLacksTheHookAndHowItGetsIt() {
        router.leases.add(lease(230, "BC:24:11:00:00:66", "alien"));
        LeaseReport lease = only();
        assertThat(lease.guest().orElseThrow().id().vmid()).isEqualTo(102);
        assertThat(lease.note()).contains("lacks the hook", "qm set 102 --hookscript");
    }

    @Test
    void guestOnAnOldLeaseSaysUntilWhen() {
        router.leases.add(lease(230, "BC:24:11:00:00:65", "web"));
        assertThat(only().note()).contains("old address", bound());
        GuestReport report = engine.sync(101, new SyncOptions(true, false)).orElseThrow();
        assertThat(report.nics().getFirst().remarks().note()).contains("192.168.1.230", END.toString());
        assertThat(report.conflicts()).isEmpty();
    }

    @Test
    void foreignMacThatAnswersOnAnAddressOfOursIsAConflict() {
        router.neighbours.add(new Neighbour(IpAddress.parse(bound()), STRANGER, true));
        assertThat(conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.ADDRESS_IN_USE);
        assertThat(conflicts().getFirst().message()).contains(STRANGER.text(), bound());
        assertThat(only().note()).contains("ADDRESS_IN_USE", "web");
    }

    @Test
    void whatTheWireRemembersOfLongAgoIsNoConflictButNoNewGuestGetsThatAddress() {
        router.neighbours.add(new Neighbour(IpAddress.parse(bound()), STRANGER, false));
        assertThat(conflicts()).isEmpty();
        IpAddress next = IpAddress.parse(bound()).plus(1);
        router.neighbours.add(new Neighbour(next, STRANGER, false));
        compute.add(GuestType.LXC, 201, "files", new NicConfig.Dhcp());
        engine.sync(SyncOptions.PLAIN);
        assertThat(router.mappings)
                .extracting(mapping -> mapping.addressText())
                .contains(next.plus(1).toString());
    }

    @Test
    void machineOutsideOfTheConfiguredNetworksIsNobodysBusiness() {
        router.neighbours.add(new Neighbour(IpAddress.parse("203.0.113.1"), STRANGER, true));
        assertThat(engine.leases(true).value()).isEmpty();
    }
}
