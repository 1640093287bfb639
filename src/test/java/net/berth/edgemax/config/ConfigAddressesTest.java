package net.berth.edgemax.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.model.router.ConfigAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses of the config count as in use, and by what. */
class ConfigAddressesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "interfaces ethernet eth1 address 192.168.1.2/24; ROUTER",
                "interfaces ethernet eth1 vif 10 address 192.168.1.2/32; ROUTER",
                "interfaces ethernet eth1 vrrp vrrp-group 10 virtual-address 192.168.1.2; ROUTER",
                "interfaces wireguard wg0 peer KEY allowed-ips 192.168.1.2/32; MACHINE",
                "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 unifi-controller 192.168.1.2; MACHINE",
                "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 dns-server 192.168.1.2; MACHINE",
                "service dns forwarding options dhcp-option=3,192.168.1.2; MACHINE",
                "service dns forwarding options server=/lan/192.168.1.2#53; MACHINE",
                "service dns forwarding options dhcp-host=aa:bb:cc:dd:ee:ff,192.168.1.2,tv; MACHINE",
                "protocols static route 10.9.0.0/16 next-hop 192.168.1.2; MACHINE",
                "system description 'the NAS is 192.168.1.2.'; MACHINE",
                "a node that no release has yet 192.168.1.2; MACHINE",
                "port-forward rule 1 forward-to address 192.168.1.2; RULE",
                "service nat rule 1 inside-address address 192.168.1.2; RULE",
                "firewall group address-group TV address 192.168.1.2; RULE"
            })
    void anAddressOfAMachineIsFoundWhereverItStands(String line, ConfigAddress.Use use) {
        assertThat(ActiveConfig.parse("set " + line).addresses())
                .filteredOn(found -> found.address().toString().equals("192.168.1.2"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.use()).isEqualTo(use);
                    assertThat(line.replace("'", "")).startsWith(found.line());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "firewall group network-group LANS network 192.168.1.0/24",
        "protocols static interface-route 192.168.1.0/24 next-hop-interface eth1",
        "system package repository wheezy version 1.2.3.4.5",
        "system package repository wheezy version 192.168.1.256",
        "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping web ip-address 192.168.1.2",
        "system static-host-mapping host-name web.home.lan inet 192.168.1.2"
    })
    void aPrefixAndWhatHasAListOfItsOwnDoNotCount(String line) {
        assertThat(ActiveConfig.parse("set " + line).addresses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource("vpn ipsec site-to-site peer 192.168.1.2 authentication pre-shared-secret hunter2")
    void whatStandsBehindTheAddressIsNotShown(String line) {
        assertThat(ActiveConfig.parse("set " + line).addresses())
                .extracting(ConfigAddress::line)
                .containsExactly("vpn ipsec site-to-site peer 192.168.1.2");
    }
}
