package net.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.0",
                "192.168.1.0/",
                "192.168.1.0/33",
                "192.168.1.0/-1",
                "192.168.1.0/024",
                "192.168.1.0/24/24",
                "192.168.1.0/24\n",
                "192.168.1.0/ 24",
                "/24",
                "192.168.1/24",
                "192.168.1.0/999999999999"
            })
    void refusesWhatIsNoPrefix(String text) {
        assertThatThrownBy(() -> Prefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InterfaceAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAddressInsteadOfANetworkIsRefusedWithTheRightPrefix() {
        assertThatThrownBy(() -> Prefix.parse("192.168.1.20/24")).hasMessageContaining("192.168.1.0/24");
    }

    @Test
    void anInterfaceMayHoldHostBits() {
        InterfaceAddress held = InterfaceAddress.parse("192.168.1.20/24");
        assertThat(held.address()).hasToString("192.168.1.20");
        assertThat(held.length()).isEqualTo(24);
    }

    @RepeatedTest(200)
    void whatIsPrintedReadsBackAsTheSame(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        IpAddress address = new IpAddress(random.nextInt());
        int length = random.nextInt(33);
        Prefix prefix = new Prefix(address.network(length), length);
        assertThat(Prefix.parse(prefix.toString())).isEqualTo(prefix);
        InterfaceAddress held = new InterfaceAddress(address, length);
        assertThat(InterfaceAddress.parse(held.toString())).isEqualTo(held);
        assertThat(prefix.contains(address)).isTrue();
        assertThat(prefix.contains(prefix.last())).isTrue();
    }

    @Test
    void networkAndBroadcastAreNoHosts() {
        Prefix prefix = Prefix.parse("192.168.1.0/24");
        assertThat(prefix.isHost(IpAddress.parse("192.168.1.0"))).isFalse();
        assertThat(prefix.isHost(IpAddress.parse("192.168.1.1"))).isTrue();
        assertThat(prefix.isHost(IpAddress.parse("192.168.1.254"))).isTrue();
        assertThat(prefix.isHost(IpAddress.parse("192.168.1.255"))).isFalse();
        assertThat(prefix.isHost(IpAddress.parse("192.168.2.1"))).isFalse();
        assertThat(prefix.isHost(IpAddress.parse("192.168.0.255"))).isFalse();
    }

    @Test
    void aPairAndASingleAddressHaveNeither() {
        Prefix pair = Prefix.parse("10.0.0.2/31");
        assertThat(pair.isHost(IpAddress.parse("10.0.0.2"))).isTrue();
        assertThat(pair.isHost(IpAddress.parse("10.0.0.3"))).isTrue();
        assertThat(pair.isHost(IpAddress.parse("10.0.0.4"))).isFalse();
        Prefix single = Prefix.parse("10.0.0.7/32");
        assertThat(single.isHost(IpAddress.parse("10.0.0.7"))).isTrue();
        assertThat(single.isHost(IpAddress.parse("10.0.0.6"))).isFalse();
    }

    @Test
    void prefixesOverlapWhenOneHoldsTheOther() {
        Prefix wide = Prefix.parse("192.168.0.0/16");
        Prefix narrow = Prefix.parse("192.168.30.0/24");
        assertThat(wide.overlaps(narrow)).isTrue();
        assertThat(narrow.overlaps(wide)).isTrue();
        assertThat(narrow.overlaps(narrow)).isTrue();
        assertThat(narrow.overlaps(Prefix.parse("192.168.31.0/24"))).isFalse();
        assertThat(Prefix.parse("0.0.0.0/0").overlaps(narrow)).isTrue();
    }
}
