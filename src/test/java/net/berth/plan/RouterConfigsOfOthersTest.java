package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.model.IpAddress;
import net.berth.model.router.Outage;
import net.berth.model.router.RouterView;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.NicView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that people have in their router's config, and what a guest gets beside them. */
class RouterConfigsOfOthersTest {
    private static final String SUBNET = "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24";
    private static final String DNS = "service dns forwarding";

    /** A router of which the config is read, with ISC dhcpd or dnsmasq, and these lines in it; {@code ;} ends a line. */
    private static World world(boolean dnsmasq, String lines) {
        World world = dnsmasq ? World.dnsmasq() : World.isc();
        String config = """
                system host-name edge; system domain-name home.lan; interfaces ethernet eth1 address 192.168.1.1/24;
                SUBNET start 192.168.1.200 stop 192.168.1.250; DNS listen-on eth1;
                service dhcp-server use-dnsmasq MODE;
                """.replace("MODE", dnsmasq ? "enable" : "disable") + lines;
        StringBuilder text = new StringBuilder();
        for (String line : config.replace("SUBNET", SUBNET).replace("DNS", DNS).split(";\\s*", -1)) {
            text.append("set ").append(line.strip()).append('\n');
        }
        ActiveConfig read = ActiveConfig.parse(text.toString());
        world.router.subnets = read.subnets();
        world.router.mappings.addAll(read.mappings());
        world.router.records.addAll(read.records());
        world.router.hosts.addAll(read.hosts());
        read.addresses().forEach(each -> world.router.addAddress(each.address().toString(), each.line(), each.use()));
        world.router.pools = read.pools();
        world.router.outage = new Outage("", read.unanswered());
        world.networks = List.of(Nets.FREE);
        return world;
    }

    private static NicView settled(World world) {
        world.with(TestGuest.vm(101, "web")).settle(101);
        return world.plan(101).nics().getFirst();
    }

    /** The router is .1, so the next free address is .2 where nothing else is in use. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            vpn l2tp remote-access client-ip-pool start 192.168.1.2; vpn l2tp remote-access client-ip-pool stop 192.168.1.19 | 192.168.1.20
            vpn pptp remote-access client-ip-pool stop 192.168.1.19; vpn pptp remote-access client-ip-pool start 192.168.1.2 | 192.168.1.20
            interfaces openvpn vtun0 server client-ip-pool start 192.168.1.2; interfaces openvpn vtun0 server client-ip-pool stop 192.168.1.5 | 192.168.1.6
            DNS options dhcp-range=set:cams,192.168.1.2,192.168.1.9,255.255.255.0,12h | 192.168.1.10
            DNS options dhcp-range=192.168.1.2,192.168.1.9 | 192.168.1.10
            interfaces ethernet eth1 description 'cameras 192.168.1.2-192.168.1.9' | 192.168.1.10
            SUBNET start 192.168.1.2 stop 192.168.1.4; SUBNET start 192.168.1.6 stop 192.168.1.9 | 192.168.1.5
            interfaces openvpn vtun1 local-address 192.168.1.2; interfaces openvpn vtun1 remote-address 192.168.1.3 | 192.168.1.4
            SUBNET static-mapping tv ip-address 192.168.1.2 | 192.168.1.3
            DNS options dhcp-host=id:01:02:03,192.168.1.2 | 192.168.1.3
            DNS options 'dhcp-option=option:ntp-server,192.168.1.2,192.168.1.3' | 192.168.1.4
            DNS options address=/lab/192.168.1.2 | 192.168.1.3
            service snmp community home client 192.168.1.2; system ntp server 192.168.1.3 | 192.168.1.4
            service unms connection 'wss://192.168.1.2:443+key'; system syslog host 192.168.1.3:514 facility all | 192.168.1.4
            firewall group address-group cams address 192.168.1.2-192.168.1.9 | 192.168.1.3
            firewall group network-group lans network 192.168.1.0/24 | 192.168.1.2
            """)
    void whatIsInUseIsNotChosen(String lines, String chosen) {
        for (boolean dnsmasq : new boolean[] {true, false}) {
            assertThat(settled(world(dnsmasq, lines)).address()).isEqualTo(chosen + "/24");
        }
    }

    @Test
    void anAddressThatAVpnGivesOutIsNoWish() {
        World world = world(
                false,
                "vpn l2tp remote-access client-ip-pool start 192.168.1.2; vpn l2tp remote-access client-ip-pool stop"
                        + " 192.168.1.19");
        world.with(TestGuest.vm(101, "web").tagged("ip-192-168-1-11"));
        assertThat(world.plan(101).conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.WISH_NOT_FREE);
            assertThat(conflict.message()).contains("dynamic range");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            DNS options address=/.web.home.lan/192.168.1.9
            DNS options 'address=/*.web.home.lan/192.168.1.9'
            DNS options address=/web.home.lan/tv.home.lan/
            DNS options 'dhcp-host=02:00:00:00:00:07,web'
            DNS options 'dhcp-host=02:00:00:00:00:07,web,infinite'
            DNS options cname=web.home.lan,nas.home.lan
            SUBNET static-mapping WEB ip-address 192.168.1.9; SUBNET static-mapping WEB mac-address '02:00:00:00:00:07'
            system static-host-mapping host-name nas alias web.home.lan; system static-host-mapping host-name nas inet 192.168.1.9
            system static-host-mapping host-name Web.Home.Lan inet 192.168.1.9
            """)
    void aNameThatIsInUseIsNoGuests(String lines) {
        for (boolean dnsmasq : new boolean[] {true, false}) {
            World world = world(dnsmasq, lines);
            int before = world.router.records.size();
            NicView nic = settled(world);
            assertThat(world.plan(101).conflicts()).isNotEmpty();
            assertThat(nic.states().dns()).isNotEqualTo(EntryState.OK);
            assertThat(world.router.records).hasSize(before);
            assertThat(world.router.mappings)
                    .filteredOn(mapping -> mapping.maps(TestGuest.mac(101, 0)))
                    .extracting(mapping -> mapping.name())
                    .containsExactly("vm101-net0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DNS options address=/home.lan/192.168.1.9",
                "DNS options server=/home.lan/192.168.1.9",
                "DNS options local=/home.lan/",
                "DNS options domain-needed; DNS options expand-hosts; DNS options domain=home.lan",
                "DNS options 'dhcp-option=option:domain-search,home.lan'",
                "service dns dynamic interface eth0 service dyndns host-name web.example.org",
                "DNS options port=5353"
            })
    void whatConcernsAllNamesIsNoReasonAgainstOne(String lines) {
        for (boolean dnsmasq : new boolean[] {true, false}) {
            World world = world(dnsmasq, lines);
            assertThat(settled(world).states().dns()).isEqualTo(EntryState.OK);
            assertThat(world.plan(101).conflicts()).isEmpty();
        }
    }

    /** A name on a router whose resolver does not answer is written, and is not called ok. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            false | DNS options port=0 | port=0
            true | DNS options port=0 | port=0
            false | DNS options no-hosts | no-hosts
            """)
    void aNameThatNoResolverAnswersIsNotOk(boolean dnsmasq, String lines, String why) {
        NicView nic = settled(world(dnsmasq, lines));
        assertThat(nic.states().dns()).isEqualTo(EntryState.HELD);
        assertThat(nic.remarks().note()).contains("answers no names", why);
    }

    @Test
    void withoutAForwarderIscLeavesNamesUnanswered() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        ActiveConfig forwarder =
                ActiveConfig.parse("set system host-name edge\nset service dns forwarding cache-size 150");
        world.router.outage = new Outage("", forwarder.unanswered());
        assertThat(settled(world).states().dns()).isEqualTo(EntryState.HELD);
        assertThat(ActiveConfig.parse("set service dns forwarding except-interface eth0")
                        .unanswered())
                .isEmpty();
        assertThat(ActiveConfig.parse("set service dhcp-server use-dnsmasq enable")
                        .unanswered())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMappingThatNoServerReadsIsNotOk(boolean dnsmasq) {
        World world = world(dnsmasq, "DNS cache-size 150").with(TestGuest.vm(101, "web"));
        world.router.outage = new Outage("it does not run", dnsmasq ? "it does not run" : "");
        NicView nic = settled(world);
        assertThat(nic.states().dhcp()).isEqualTo(EntryState.HELD);
        assertThat(nic.states().dns()).isEqualTo(dnsmasq ? EntryState.HELD : EntryState.OK);
        assertThat(nic.remarks().note()).containsOnlyOnce("it does not run");
    }

    @Test
    void theViewKeepsWhatTheConfigSays() {
        World world = world(true, "DNS options port=0; DNS options dhcp-range=192.168.1.60,192.168.1.69,1h");
        RouterView view = world.view();
        assertThat(view.dynamic(IpAddress.parse("192.168.1.65"))).isTrue();
        assertThat(view).isEqualTo(world.view()).isNotEqualTo(world(true, "").view());
    }
}
