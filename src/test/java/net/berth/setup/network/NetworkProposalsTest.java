package net.berth.setup.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.berth.edgemax.config.DhcpService;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.router.Lease;
import net.berth.model.router.RouterView;
import org.junit.jupiter.api.Test;

/** Which prefix is on which bridge and VLAN, as far as the three systems tell. */
class NetworkProposalsTest {
    private static final String MAC = "BC:24:11:00:00:01";
    private static final RouterView BLIND = new RouterView(List.of(), List.of(), List.of(), List.of());

    private static Guest guest(int vmid, String mac, String bridge, int vlan, NicConfig config) {
        GuestId id = new GuestId("home", GuestType.LXC, vmid);
        Nic nic = new Nic(new NicId(id, 0), MacAddress.parse(mac), bridge, vlan, config);
        return new Guest(
                id,
                "g" + vmid,
                "pve1",
                GuestStatus.RUNNING,
                Duration.ZERO,
                false,
                "",
                "",
                false,
                "",
                List.of(),
                List.of(nic));
    }

    private static NicConfig fixed(String address) {
        return fixed(address, "");
    }

    private static NicConfig fixed(String address, String gateway) {
        return new NicConfig.Static(InterfaceAddress.parse(address), gateway);
    }

    private static Map<Prefix, Integer> assignments(Object... prefixesAndVlans) {
        Map<Prefix, Integer> assignments = new LinkedHashMap<>();
        for (int i = 0; i < prefixesAndVlans.length; i += 2) {
            assignments.put(Prefix.parse((String) prefixesAndVlans[i]), (Integer) prefixesAndVlans[i + 1]);
        }
        return assignments;
    }

    private static List<String> told(
            List<Guest> guests, Map<Prefix, Integer> assignments, List<DhcpService> shared, RouterView view) {
        return new NetworkProposals(guests, assignments, shared, view)
                .all("home.lan").stream()
                        .map(one -> one.prefix() + " " + new NetworkProposals.Link(one.bridge(), one.vlan()) + " "
                                + one.gateway() + " " + one.domain() + " " + one.dhcp() + " " + one.inIpam())
                        .toList();
    }

    @Test
    void guestsTellByTheirFixedAddressesAndByWhatTheRouterKnowsOfTheirMacs() {
        Lease lease = new Lease(IpAddress.parse("10.0.20.7"), MacAddress.parse(MAC), Instant.MAX, "");
        RouterView view = new RouterView(List.of(), List.of(), List.of(), List.of(lease));
        assertThat(told(
                        List.of(
                                guest(101, MAC, "vmbr0", 20, new NicConfig.Dhcp()),
                                guest(102, "BC:24:11:00:00:02", "vmbr1", 0, fixed("10.0.1.5/24"))),
                        assignments("10.0.1.0/24", 0, "10.0.20.0/24", 0),
                        List.of(new DhcpService("DMZ", Prefix.parse("10.0.20.0/24"), "10.0.20.254", "dmz.lan")),
                        view))
                .containsExactly(
                        "10.0.1.0/24 vmbr1  home.lan  true", "10.0.20.0/24 vmbr0.20 10.0.20.254 dmz.lan DMZ true");
    }

    /** A guess would be written into guests. */
    @Test
    void aGatewayThatOnlyGuestsKnowIsTheOneMostOfThemUse() {
        List<Guest> guests = List.of(
                guest(101, MAC, "vmbr1", 0, fixed("10.0.1.5/24", "10.0.1.254")),
                guest(102, "BC:24:11:00:00:02", "vmbr1", 0, fixed("10.0.1.6/24", "10.0.1.254")),
                guest(103, "BC:24:11:00:00:03", "vmbr1", 0, fixed("10.0.1.7/24", "10.0.1.9")),
                guest(104, "BC:24:11:00:00:04", "vmbr1", 0, fixed("10.0.1.8/24", "10.9.9.9")));

        assertThat(told(guests, assignments("10.0.1.0/24", 0), List.of(), BLIND))
                .containsExactly("10.0.1.0/24 vmbr1 10.0.1.254 home.lan  true");
    }

    @Test
    void theVlanThatNipapNotesTellsToo() {
        assertThat(told(
                        List.of(
                                guest(101, MAC, "vmbr0", 20, new NicConfig.Dhcp()),
                                guest(102, "BC:24:11:00:00:02", "vmbr0", 30, new NicConfig.Dhcp())),
                        assignments("10.0.30.0/24", 30),
                        List.of(),
                        BLIND))
                .containsExactly("10.0.30.0/24 vmbr0.30  home.lan  true");
    }

    @Test
    void onePrefixAndOneBridgeBelongTogetherAndTwoAreAPersonsMatter() {
        Guest silent = guest(101, MAC, "vmbr0", 0, new NicConfig.Dhcp());
        DhcpService lan = new DhcpService("LAN", Prefix.parse("192.168.1.0/24"), "192.168.1.1", "");
        assertThat(told(List.of(silent), Map.of(), List.of(lan), BLIND))
                .containsExactly("192.168.1.0/24 vmbr0 192.168.1.1 home.lan LAN false");

        List<ProposedNetwork> two = new NetworkProposals(
                        List.of(silent), assignments("10.0.1.0/24", 0), List.of(lan), BLIND)
                .all("home.lan");
        assertThat(two).extracting(ProposedNetwork::bridge).containsExactly("", "");
        assertThatThrownBy(() -> ProposedNetwork.chosen(two, List.of()))
                .hasMessageContaining("--network PREFIX=BRIDGE[.VLAN]")
                .hasMessageContaining("10.0.1.0/24, 192.168.1.0/24");
        assertThat(ProposedNetwork.chosen(two, List.of("10.0.1.0/24=vmbr1.7")))
                .singleElement()
                .satisfies(one -> assertThat(one.bridge() + " " + one.vlan()).isEqualTo("vmbr1 7"));
        assertThatThrownBy(() -> ProposedNetwork.chosen(two, List.of("10.9.0.0/24=vmbr1")))
                .hasMessageContaining("neither NIPAP nor the router has 10.9.0.0/24");
    }
}
