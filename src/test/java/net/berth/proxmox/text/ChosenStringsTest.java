package net.berth.proxmox.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.model.InterfaceAddress;
import net.berth.model.NicConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings as people have them: whatever somebody chose beside the IPv4 address stays, byte for byte. */
class ChosenStringsTest {
    private static final NicConfig.Static WANTED =
            new NicConfig.Static(InterfaceAddress.parse("10.30.0.21/24"), "10.30.0.1");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name=eth0,bridge=vmbr0,firewall=1,hwaddr=BC:24:11:5E:00:01,ip=dhcp,type=veth | name=eth0,bridge=vmbr0,firewall=1,hwaddr=BC:24:11:5E:00:01,ip=10.30.0.21/24,type=veth,gw=10.30.0.1
            name=eth0,bridge=vmbr0,hwaddr=bc:24:11:5e:00:02,ip=dhcp,ip6=auto,type=veth | name=eth0,bridge=vmbr0,hwaddr=bc:24:11:5e:00:02,ip=10.30.0.21/24,ip6=auto,type=veth,gw=10.30.0.1
            ip=dhcp,type=veth,hwaddr=Bc:24:11:5E:00:03,bridge=vmbr1,name=lan0 | ip=10.30.0.21/24,type=veth,hwaddr=Bc:24:11:5E:00:03,bridge=vmbr1,name=lan0,gw=10.30.0.1
            name=eth0,bridge=vmbr0,gw=10.9.0.1,gw6=fe80::1,hwaddr=BC:24:11:5E:00:04,ip=10.9.0.7/16,ip6=2001:db8::7/64,tag=30,type=veth | name=eth0,bridge=vmbr0,gw=10.30.0.1,gw6=fe80::1,hwaddr=BC:24:11:5E:00:04,ip=10.30.0.21/24,ip6=2001:db8::7/64,tag=30,type=veth
            name=wan,bridge=vmbr2,hwaddr=BC:24:11:5E:00:05,link_down=1,mtu=1492,rate=12.5,trunks=2;3;40,type=veth | name=wan,bridge=vmbr2,hwaddr=BC:24:11:5E:00:05,link_down=1,mtu=1492,rate=12.5,trunks=2;3;40,type=veth,ip=10.30.0.21/24,gw=10.30.0.1
            name=eth0.20,bridge=vnet_20,host-managed=1,hwaddr=BC:24:11:5E:00:06,ip=dhcp,ip6=dhcp,type=veth | name=eth0.20,bridge=vnet_20,host-managed=1,hwaddr=BC:24:11:5E:00:06,ip=10.30.0.21/24,ip6=dhcp,type=veth,gw=10.30.0.1
            name=eth0,bridge=vmbr0,future=a=b,hwaddr=BC:24:11:5E:00:07,ip=manual,tag=0040 | name=eth0,bridge=vmbr0,future=a=b,hwaddr=BC:24:11:5E:00:07,ip=10.30.0.21/24,tag=0040,gw=10.30.0.1
            name=eth0,bridge=vmbr0,hwaddr=BC:24:11:5E:00:08,ip=10.9.0.7/24,,type=veth, | name=eth0,bridge=vmbr0,hwaddr=BC:24:11:5E:00:08,ip=10.30.0.21/24,,type=veth,gw=10.30.0.1,
            """)
    void aContainersNic(String before, String after) {
        assertThat(NetText.ofContainer(before).with(WANTED)).hasToString(after);
        assertThat(NetText.ofContainer(after).with(WANTED)).hasToString(after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ip=dhcp,ip6=dhcp | ip=10.30.0.21/24,ip6=dhcp,gw=10.30.0.1
            ip6=auto,ip=dhcp | ip6=auto,ip=10.30.0.21/24,gw=10.30.0.1
            gw=10.9.0.1,ip=10.9.0.7/24 | gw=10.30.0.1,ip=10.30.0.21/24
            gw6=2001:DB8::1,ip6=2001:DB8:0::7/64 | gw6=2001:DB8::1,ip6=2001:DB8:0::7/64,ip=10.30.0.21/24,gw=10.30.0.1
            ip=10.9.0.7/024,gw=10.9.0.1,ip6=auto, | ip=10.30.0.21/24,gw=10.30.0.1,ip6=auto,
            ip=dhcp,dns=10.9.0.53 | ip=10.30.0.21/24,dns=10.9.0.53,gw=10.30.0.1
            ip=dhcp,mtu=9000,ip6=dhcp | ip=10.30.0.21/24,mtu=9000,ip6=dhcp,gw=10.30.0.1
            """)
    void aMachinesAddress(String before, String after) {
        assertThat(IpConfig.parse(before).with(WANTED)).hasToString(after);
        assertThat(IpConfig.parse(after).with(WANTED)).hasToString(after);
    }

    /** A VM's NIC is only read; what is read must not depend on what else somebody set. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "virtio=BC:24:11:5E:00:01,bridge=vmbr0,tag=30",
                "virtio=bc:24:11:5e:00:01,bridge=vmbr0,firewall=1,link_down=1,mtu=1,queues=8,rate=0.5,tag=30,trunks=10;20-30",
                "bridge=vmbr0,tag=30,e1000e=BC:24:11:5E:00:01",
                "model=vmxnet3,macaddr=BC:24:11:5e:00:01,bridge=vmbr0,tag=30,firewall=0",
                "tag=030,macaddr=BC:24:11:5E:00:01,virtio,bridge=vmbr0",
                "rtl8139=BC:24:11:5E:00:01,bridge=vmbr0,tag=30,host-tunnel=1,later-option=x=y",
            })
    void aMachinesNic(String net) {
        NetText read = NetText.ofVm(net);
        assertThat(read.mac()).hasValueSatisfying(mac -> assertThat(mac).hasToString("BC:24:11:5E:00:01"));
        assertThat(read.bridge()).contains("vmbr0");
        assertThat(read.tag()).isEqualTo(30);
        assertThat(read).hasToString(net);
    }
}
