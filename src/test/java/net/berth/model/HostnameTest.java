package net.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostnameTest {
    private static final GuestId VM = new GuestId("home", GuestType.QEMU, 101);
    private static final GuestId CONTAINER = new GuestId("home", GuestType.LXC, 200);

    @Test
    void labelsHaveOneToSixtyThreeCharacters() {
        assertThat(new Hostname("a")).hasToString("a");
        assertThat(new Hostname("7")).hasToString("7");
        assertThat(new Hostname("a".repeat(63)).label()).hasSize(63);
        assertThat(Hostname.isLabel("a".repeat(64))).isFalse();
        assertThatThrownBy(() -> new Hostname("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void caseIsFolded() {
        assertThat(new Hostname("Web-01")).isEqualTo(new Hostname("web-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-web",
                "web-",
                "-",
                "we b",
                "web.home",
                "web_1",
                "web\n",
                "\nweb",
                "web'; reboot",
                "w\u00e9b",
                "\u212a",
                "\u0130",
                "web\u0000",
                "\ud83d\ude00"
            })
    void refusesWhatRfc1123Refuses(String text) {
        assertThat(Hostname.isLabel(text)).isFalse();
        assertThatThrownBy(() -> new Hostname(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a host name label");
    }

    @ParameterizedTest
    @CsvSource({
        "web, web",
        "Web, web",
        "web.home.lan, web",
        "a, a",
        "web_1, vm101",
        "'', vm101",
        ".hidden, vm101",
        "-x, vm101",
        "caf\u00e9, vm101"
    })
    void aGuestIsCalledByItsNameUpToTheFirstDotOrByItsNumber(String name, String label) {
        assertThat(Hostname.ofGuest(name, VM)).hasToString(label);
    }

    @Test
    void theNumberTellsContainersFromMachines() {
        assertThat(Hostname.ofNumber(VM)).hasToString("vm101");
        assertThat(Hostname.ofNumber(CONTAINER)).hasToString("ct200");
    }

    @Test
    void theRouterWantsTwoCharacters() {
        assertThat(new Hostname("a").fitsRouter()).isFalse();
        assertThat(new Hostname("ab").fitsRouter()).isTrue();
        assertThat(new Hostname("a".repeat(63)).fitsRouter()).isTrue();
    }

    @Test
    void aTailIsAlwaysWhole() {
        assertThat(new Hostname("web").with("-net1")).hasToString("web-net1");
        assertThat(new Hostname("a".repeat(63)).with("-net31").label())
                .hasSize(63)
                .endsWith("a-net31");
        assertThat(new Hostname("a".repeat(56) + "-bcdefg").with("-net31").label())
                .endsWith("--net31");
    }

    @Test
    void withoutDomainTheLabelIsTheWholeName() {
        assertThat(new Hostname("web").in("home.lan")).isEqualTo("web.home.lan");
        assertThat(new Hostname("web").in("")).isEqualTo("web");
    }

    @RepeatedTest(100)
    void whatIsPrintedReadsBackAsTheSame(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        String alphabet = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-";
        StringBuilder text = new StringBuilder("x");
        int length = random.nextInt(62);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        Hostname name = new Hostname(text + "9");
        assertThat(new Hostname(name.toString())).isEqualTo(name);
        assertThat(name.fitsRouter()).isTrue();
    }
}
