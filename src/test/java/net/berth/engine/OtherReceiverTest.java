package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.berth.model.Avps;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.HostRow;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.RowStatus;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two receivers for one cluster: each start may come to any of them. */
@Timeout(60)
class OtherReceiverTest {
    private static final Network OFF_ROUTER = new Network(
            "lan", "vmbr0", 0, Nets.LAN.prefix(), Nets.LAN.gateway(), "home.lan", List.of(), "", Nets.LAN.exclude());

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private final Engine one = Engines.usual().in(Nets.LAN).over(compute, ipam, router, timer);
    private final Engine other = Engines.usual().in(Nets.LAN).over(compute, ipam, router, timer);

    @AfterEach
    void close() {
        one.close();
        other.close();
        timer.close();
    }

    private static HookAnswer start(Engine engine) {
        return engine.hook(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));
    }

    @Test
    void aRowThatAnotherHasChangedIsNotComparedWithAnOlderViewOfTheRouter() {
        GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        assertThat(start(one)).isInstanceOf(HookAnswer.Settled.class);
        MacAddress mac = new MacAddress("BC:24:11:00:FF:01");
        compute.change(
                web,
                guest -> GuestEdits.eachNic(
                        guest, nic -> new Nic(nic.id(), mac, nic.bridge(), nic.vlan(), nic.config())));
        assertThat(start(other)).isInstanceOf(HookAnswer.Settled.class);
        int batches = router.batches.size();

        assertThat(start(one)).isInstanceOf(HookAnswer.Settled.class);

        assertThat(router.batches).as("the other has put it right").hasSize(batches);
    }

    /** Two that claim at the same moment do not see each other's row yet. */
    @Test
    void aNameThatTwoReceiversGaveAtOnceStaysWithTheOlderRow() {
        GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        GuestId twin = compute.add(GuestType.LXC, 102, "web", new NicConfig.Dhcp());
        ipam.rows.add(row(1, "192.168.1.20", web));
        ipam.rows.add(row(2, "192.168.1.21", twin));

        // Without a router nothing but the rows themselves tells of it.
        try (Engine rowsOnly = Engines.usual().in(OFF_ROUTER).over(compute, ipam, router, timer)) {
            rowsOnly.sync(Order.PLAIN);
        }

        assertThat(ipam.of(new NicId(web, 0)).orElseThrow().description()).isEqualTo("web.home.lan");
        assertThat(ipam.of(new NicId(twin, 0)).orElseThrow().description()).isEqualTo("ct102-net0.home.lan");
    }

    private HostRow row(long id, String address, GuestId guest) {
        String mac = compute.guests.get(guest).nics().getFirst().mac().text();
        return new HostRow(
                id,
                IpAddress.parse(address),
                HostRow.SOURCE,
                new NicId(guest, 0).externalKey(),
                "web",
                "web.home.lan",
                RowStatus.RESERVED,
                List.of("berth"),
                Map.of(Avps.MAC, mac));
    }
}
