package net.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "192.168.1.20", "10.0.0.1", "1.1.1.1", "199.249.250.200"})
    void readsEveryCanonicalAddress(String text) {
        assertThat(IpAddress.isAddress(text)).isTrue();
        assertThat(IpAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..2.3",
                "1.2.3.256",
                "1.2.3.300",
                "1.2.3.-1",
                "+1.2.3.4",
                "01.2.3.4",
                "1.2.3.04",
                "1.2.3.00",
                "0x1.2.3.4",
                "1.2.3.4\n",
                "\n1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/24",
                "1.2.3.4\u0000",
                "\u0661.2.3.4",
                "1.2.3.\uff14",
                "1,2,3,4",
                "::1",
                "::ffff:1.2.3.4",
                "localhost"
            })
    void refusesAnythingElseAndQuotesIt(String text) {
        assertThat(IpAddress.isAddress(text)).isFalse();
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @RepeatedTest(200)
    void whatIsPrintedReadsBackAsTheSame(RepetitionInfo run) {
        IpAddress address = new IpAddress(new Random(run.getCurrentRepetition()).nextInt());
        assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
    }

    @RepeatedTest(50)
    void orderIsThatOfTheUnsignedNumber(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        IpAddress one = new IpAddress(random.nextInt());
        IpAddress other = new IpAddress(random.nextInt());
        assertThat(Integer.signum(one.compareTo(other))).isEqualTo(Long.signum(one.number() - other.number()));
    }

    @Test
    void highAddressesSortBehindLowOnes() {
        assertThat(IpAddress.parse("192.168.1.1")).isGreaterThan(IpAddress.parse("10.0.0.1"));
        assertThat(IpAddress.parse("192.168.1.10")).isGreaterThan(IpAddress.parse("192.168.1.9"));
    }

    @Test
    void stepsCrossOctetsAndStopAtTheEnds() {
        assertThat(IpAddress.parse("192.168.1.255").plus(1)).hasToString("192.168.2.0");
        assertThat(IpAddress.parse("127.255.255.255").plus(1)).hasToString("128.0.0.0");
        assertThat(IpAddress.parse("10.0.1.0").plus(-1)).hasToString("10.0.0.255");
        assertThatThrownBy(() -> IpAddress.parse("255.255.255.255").plus(1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> IpAddress.parse("0.0.0.0").plus(-1)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void firstAndLastOfAPrefixAreTheBordersForEachLength() {
        IpAddress address = IpAddress.parse("192.168.77.200");
        assertThat(address.network(0)).hasToString("0.0.0.0");
        assertThat(address.last(0)).hasToString("255.255.255.255");
        assertThat(address.network(20)).hasToString("192.168.64.0");
        assertThat(address.last(20)).hasToString("192.168.79.255");
        assertThat(address.network(31)).hasToString("192.168.77.200");
        assertThat(address.last(31)).hasToString("192.168.77.201");
        assertThat(address.network(32)).isEqualTo(address);
        assertThat(address.last(32)).isEqualTo(address);
    }
}
