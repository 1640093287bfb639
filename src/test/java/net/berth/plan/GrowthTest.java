package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.ReservedNames;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.RouterView;
import org.junit.jupiter.api.Test;

/** What one guest's plan costs does not depend on how many guests there are. */
class GrowthTest {
    private static final Prefix PREFIX = Prefix.parse("10.10.0.0/18");
    private static final IpAddress GATEWAY = IpAddress.parse("10.10.0.1");
    private static final Network NETWORK =
            new Network("lan", "vmbr0", 0, PREFIX, GATEWAY, "home.lan", List.of(GATEWAY), "BIG", List.of());
    private static final RouterView ROUTER = new RouterView(
            List.of(new DhcpSubnet("BIG", PREFIX, "home.lan", List.of())), List.of(), List.of(), List.of());
    private static final Policy POLICY =
            new Policy(Policy.Select.HOOK, "berth", Policy.Mode.SYNC, Policy.WriteBack.NEVER, Duration.ofHours(24), 3);

    private final Planner planner = new Planner(List.of(NETWORK), POLICY);

    @Test
    void newGuestsDoNotEachLookAtTheAddressesOfAllBeforeThem() {
        planned(400);

        assertThat(planned(1_600)).isLessThan(planned(400) * 3 / 2);
    }

    @Test
    void thePlansOfAPassShareOneMapOfFixedAddresses() {
        var world = new net.berth.engine.world.World("home", 3, Clock.systemUTC());
        world.guest(guest(1).id()).read(guest(1));
        Map<IpAddress, Set<GuestId>> fixed = world.fixedAddresses();

        Situation situation = situation(guest(1), RowIndex.of(List.of()), fixed);

        assertThat(situation.fixed()).hasSize(1).isSameAs(fixed);
    }

    /** Plans so many new guests one after the other; answers the memory that each of them takes. */
    private long planned(int guests) {
        RowIndex rows = RowIndex.of(List.of());
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < guests; i++) {
            GuestPlan plan = planner.plan(situation(guest(100 + i), rows, Map.of()));
            rows.foresee(plan);
            Change.Claim claim =
                    (Change.Claim) plan.changes(Change.Stage.INTENT).getFirst();
            assertThat(claim.row().address()).isEqualTo(GATEWAY.plus(1L + i));
        }
        return (memory.getCurrentThreadAllocatedBytes() - before) / guests;
    }

    private static Situation situation(Guest guest, RowIndex rows, Map<IpAddress, Set<GuestId>> fixed) {
        return new Situation(
                guest,
                rows,
                true,
                ROUTER,
                Situation.Boot.HAS_RUN,
                false,
                Instant.MIN,
                false,
                false,
                List.of(),
                fixed,
                Map.of(),
                ReservedNames.NONE,
                Instant.EPOCH);
    }

    private static Guest guest(int vmid) {
        GuestId id = new GuestId("home", GuestType.LXC, vmid);
        MacAddress mac = MacAddress.parse("BC:24:11:00:%02X:%02X".formatted(vmid / 256, vmid % 256));
        NicConfig config = vmid < 100
                ? new NicConfig.Static(new InterfaceAddress(GATEWAY.plus(vmid), 18), GATEWAY.toString())
                : new NicConfig.Dhcp();
        return new Guest(
                id,
                "g" + vmid,
                "pve1",
                GuestStatus.STOPPED,
                Duration.ZERO,
                false,
                "",
                "",
                false,
                "local:snippets/berth-hook",
                List.of(),
                List.of(new Nic(new NicId(id, 0), mac, "vmbr0", 0, config)));
    }
}
