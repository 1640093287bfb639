package net.berth.edgemax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.ConfigHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names and MACs of the config count as a machine's, and by what. */
class ConfigHostsTest {
    private static final String DNS = "service dns forwarding options ";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cname=wiki.home.lan,web.home.lan; wiki.home.lan",
                "cname=wiki.home.lan,docs.home.lan,web.home.lan,300; wiki.home.lan docs.home.lan",
                "cname=wiki,web.home.lan; wiki",
                "address=/Camera.home.lan/192.168.1.9; camera.home.lan",
                "address=/a.home.lan/b.home.lan/; a.home.lan b.home.lan",
                "server=/nas.home.lan/10.0.0.2#53; nas.home.lan",
                "ptr-record=9.1.168.192.in-addr.arpa,cam.home.lan; cam.home.lan",
                "interface-name=edge.home.lan,eth1; edge.home.lan",
                "dynamic-host=cam.home.lan,0.0.0.9,eth1; cam.home.lan",
                "an-option-of-next-year=cam.home.lan,whatever; cam.home.lan"
            })
    void aNameIsFoundByTheFormOfItsOption(String option, String names) {
        assertThat(hosts("set " + DNS + "'" + option + "'")).singleElement().satisfies(host -> assertThat(host.names())
                .containsExactly(names.split(" ", -1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srv-host=_ldap._tcp.home.lan,dc1.home.lan,389",
                "mx-host=home.lan,mail.home.lan,10",
                "txt-record=web.home.lan,hello",
                "ipset=/web.home.lan/VPN",
                "host-record=web.home.lan,192.168.1.9",
                "dhcp-option=3,192.168.1.2",
                "server=8.8.8.8@eth0",
                "cache-size=1000",
                "conf-dir=/config/user-data/",
                "no-resolv"
            })
    void whatGivesNoMachineItsNameDoesNotCount(String option) {
        assertThat(hosts("set " + DNS + option)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DNS + "'dhcp-host=aa:bb:cc:dd:ee:ff,192.168.1.9,cam'",
                DNS + "'dhcp-host=AA:BB:CC:DD:EE:FF,set:LAN,192.168.1.9,cam.home.lan,12h'",
                "service dhcp-server global-parameters 'dhcp-host=cam,aa:bb:cc:dd:ee:ff,192.168.1.9,infinite'",
                "a node that no release has yet 'dhcp-host=aa:bb:cc:dd:ee:ff,11:22:33:44:55:66,192.168.1.9,cam'"
            })
    void aReservationByOptionIsAMachineWithMacAddressAndName(String line) {
        assertThat(hosts("set " + line)).singleElement().satisfies(host -> {
            assertThat(host.macs()).contains(MacAddress.parse("AA:BB:CC:DD:EE:FF"));
            assertThat(host.addresses()).containsExactly(IpAddress.parse("192.168.1.9"));
            assertThat(host.labels()).containsExactly("cam");
            assertThat(host.binds()).isTrue();
            assertThat(host.line()).isEqualTo(line.replace("'", ""));
        });
    }

    @Test
    void aHostOfTheIscServerBindsItsMac() {
        assertThat(hosts("set service dhcp-server global-parameters 'host cam { hardware ethernet aa:bb:cc:dd:ee:ff;"
                        + " fixed-address 192.168.1.9; }'"))
                .singleElement()
                .satisfies(host -> assertThat(host.binds()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DNS + "'dhcp-host=aa:bb:cc:dd:ee:ff,ignore'",
                DNS + "'dhcp-host=aa:bb:cc:dd:ee:ff,cam'",
                DNS + "'dhcp-host=aa:bb:cc:dd:ee:ff,set:cams,12h'",
                "service dhcp-server global-parameters 'host cam { hardware ethernet aa:bb:cc:dd:ee:ff; deny booting; }'"
            })
    void whatAMacGetsByDhcpIsSaidWithAndWithoutAnAddress(String line) {
        assertThat(hosts("set " + line)).singleElement().satisfies(host -> {
            assertThat(host.binds()).isTrue();
            assertThat(host.macs()).containsExactly(MacAddress.parse("AA:BB:CC:DD:EE:FF"));
            assertThat(host.addresses()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set service dns forwarding options 'dhcp-mac=set:cams,aa:bb:cc:dd:ee:ff'",
                "set protocols static arp 192.168.1.9 hwaddr 'aa:bb:cc:dd:ee:ff'",
                "set interfaces ethernet eth1 mac 'aa:bb:cc:dd:ee:ff'",
                "set firewall name LAN rule 1 description 'web.home.lan'",
                "set system static-host-mapping host-name web.home.lan inet 192.168.1.9",
                "set system syslog host log.home.lan facility all",
                "set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping web mac-address"
                        + " 'aa:bb:cc:dd:ee:ff'"
            })
    void otherLinesWithAMacOrANameGiveNothing(String line) {
        assertThat(hosts(line)).isEmpty();
    }

    @Test
    void theRouterHasItsOwnName() {
        assertThat(hosts("set system domain-name home.lan\nset system host-name Edge"))
                .singleElement()
                .satisfies(host -> {
                    assertThat(host.names()).containsExactly("edge.home.lan");
                    assertThat(host.labels()).containsExactly("edge");
                    assertThat(host.line()).isEqualTo("system host-name Edge");
                });
    }

    private static List<ConfigHost> hosts(String text) {
        return ActiveConfig.parse(text).hosts();
    }
}
