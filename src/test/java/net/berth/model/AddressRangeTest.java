package net.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @Test
    void readsTwoEndsOneAddressOrAPrefix() {
        assertThat(AddressRange.parse("192.168.1.2-192.168.1.19")).hasToString("192.168.1.2-192.168.1.19");
        assertThat(AddressRange.parse("192.168.1.2 - 192.168.1.19")).hasToString("192.168.1.2-192.168.1.19");
        assertThat(AddressRange.parse("192.168.1.7")).hasToString("192.168.1.7");
        assertThat(AddressRange.parse("192.168.1.64/26")).hasToString("192.168.1.64-192.168.1.127");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "192.168.1.9-192.168.1.2",
                "192.168.1.2-",
                "-192.168.1.2",
                "192.168.1.2-19",
                "192.168.1.2-192.168.1.4-192.168.1.6",
                "192.168.1.1/24"
            })
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bothEndsAreInside() {
        AddressRange range = AddressRange.parse("192.168.1.250-192.168.2.5");
        assertThat(range.contains(IpAddress.parse("192.168.1.249"))).isFalse();
        assertThat(range.contains(IpAddress.parse("192.168.1.250"))).isTrue();
        assertThat(range.contains(IpAddress.parse("192.168.2.0"))).isTrue();
        assertThat(range.contains(IpAddress.parse("192.168.2.5"))).isTrue();
        assertThat(range.contains(IpAddress.parse("192.168.2.6"))).isFalse();
    }

    @RepeatedTest(100)
    void whatIsPrintedReadsBackAsTheSame(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        IpAddress one = new IpAddress(random.nextInt());
        IpAddress other = new IpAddress(random.nextInt());
        AddressRange range = one.compareTo(other) <= 0 ? new AddressRange(one, other) : new AddressRange(other, one);
        assertThat(AddressRange.parse(range.toString())).isEqualTo(range);
    }
}
