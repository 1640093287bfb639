package net.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

    @Test
    void spellingDoesNotMatterAndProxmoxsIsShown() {
        assertThat(MacAddress.parse("bc:24:11:0a:00:01")).isEqualTo(MacAddress.parse("BC:24:11:0A:00:01"));
        assertThat(MacAddress.parse("bc:24:11:0a:00:01")).hasToString("BC:24:11:0A:00:01");
        assertThat(MacAddress.parse("BC:24:11:0A:00:01").lowerCase()).isEqualTo("bc:24:11:0a:00:01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BC:24:11:00:00",
                "BC:24:11:00:00:01:02",
                "BC-24-11-00-00-01",
                "BC24.1100.0001",
                "BC:24:11:00:00:1",
                "BC:24:11:00:00:0G",
                "BC:24:11:00:00:01\n",
                " BC:24:11:00:00:01",
                "BC:24:11:00:00:01 ",
                "BC:24:11:00:00:\ufb00",
                "\uff22C:24:11:00:00:01"
            })
    void refusesOtherForms(String text) {
        assertThat(MacAddress.isMac(text)).isFalse();
        assertThatThrownBy(() -> MacAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a MAC address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01:00:5E:00:00:01", "33:33:00:00:00:01", "FF:FF:FF:FF:FF:FF", "BD:24:11:00:00:01"})
    void refusesMulticastAndSaysSo(String text) {
        assertThat(MacAddress.isMac(text)).isFalse();
        assertThatThrownBy(() -> MacAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multicast");
    }

    @RepeatedTest(100)
    void whatIsPrintedReadsBackAsTheSame(RepetitionInfo run) {
        byte[] bytes = new byte[6];
        new Random(run.getCurrentRepetition()).nextBytes(bytes);
        String text = "%02x:%02x:%02x:%02x:%02x:%02x"
                .formatted(bytes[0] & 0xFE, bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
        MacAddress mac = MacAddress.parse(text);
        assertThat(MacAddress.parse(mac.toString())).isEqualTo(mac);
        assertThat(mac.lowerCase()).isEqualTo(text);
    }
}
