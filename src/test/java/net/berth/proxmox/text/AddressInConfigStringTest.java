package net.berth.proxmox.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.model.InterfaceAddress;
import net.berth.model.NicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressInConfigStringTest {
    private static final NicConfig.Static WANTED =
            new NicConfig.Static(InterfaceAddress.parse("192.168.1.20/24"), "192.168.1.1");
    private static final NicConfig.Static ALONE = new NicConfig.Static(WANTED.address(), "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ip=dhcp                               | ip=192.168.1.20/24,gw=192.168.1.1
            ''                                    | ip=192.168.1.20/24,gw=192.168.1.1
            ip6=auto                              | ip6=auto,ip=192.168.1.20/24,gw=192.168.1.1
            gw=10.0.0.1,ip6=auto,ip=10.0.0.5/024, | gw=192.168.1.1,ip6=auto,ip=192.168.1.20/24,
            """)
    void ipconfigKeepsEveryTokenButAddressAndGateway(String before, String after) {
        assertThat(IpConfig.parse(before).with(WANTED)).hasToString(after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ip=dhcp                                              | ip=192.168.1.20/24
            ''                                                   | ip=192.168.1.20/24
            gw=10.0.0.1,ip6=fd00::5/64,gw6=fd00::1,ip=10.0.0.5/8 | ip6=fd00::5/64,gw6=fd00::1,ip=192.168.1.20/24
            ip=10.0.0.5/24,gw=10.0.0.1,                          | ip=192.168.1.20/24,
            """)
    void anAddressWithoutGatewayTouchesNothingElse(String before, String after) {
        assertThat(IpConfig.parse(before).with(ALONE)).hasToString(after);
    }

    @Test
    void netOfAContainerKeepsOrderUnknownKeysAndTheCaseOfItsMac() {
        String before = "name=eth0,bridge=vmbr0,future-key=7,gw=10.0.0.1,hwaddr=bc:24:11:aa:BB:cc,ip=10.0.0.5/24,"
                + "tag=020,trunks=1;2,type=veth";
        assertThat(NetText.ofContainer(before).with(WANTED))
                .hasToString("name=eth0,bridge=vmbr0,future-key=7,gw=192.168.1.1,hwaddr=bc:24:11:aa:BB:cc,"
                        + "ip=192.168.1.20/24,tag=020,trunks=1;2,type=veth");
    }

    @Test
    void theAddressThatIsThereAlreadyChangesNothing() {
        String text = "ip=192.168.1.20/24,gw=192.168.1.1,ip6=dhcp";
        assertThat(IpConfig.parse(text).with(WANTED)).hasToString(text);
    }

    @Test
    void aFixedAddressIsReadWithItsGateway() {
        assertThat(IpConfig.parse("ip=10.0.0.5/24,gw=10.0.1.1").nicConfig())
                .isEqualTo(new NicConfig.Static(InterfaceAddress.parse("10.0.0.5/24"), "10.0.1.1"));
        assertThat(NetText.ofContainer("name=eth0,ip=10.0.0.5/24").nicConfig())
                .isEqualTo(new NicConfig.Static(InterfaceAddress.parse("10.0.0.5/24"), ""));
    }

    @Test
    void aLengthWithALeadingZeroIsTheSameAddress() {
        assertThat(IpConfig.parse("ip=10.0.0.5/024").nicConfig())
                .isEqualTo(new NicConfig.Static(InterfaceAddress.parse("10.0.0.5/24"), ""));
    }
}
