package net.berth.lab.edgeos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stand-in says what the real config system was recorded to say. */
class RecordingTest {
    private static final String MEASURED = """
            set service dhcp-server disabled false
            set service dhcp-server shared-network-name LAN authoritative enable
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 default-router 192.168.1.1
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 dns-server 192.168.1.1
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 domain-name home.lan
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 lease 86400
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 start 192.168.1.38 stop 192.168.1.243
            set service dhcp-server use-dnsmasq disable
            set system domain-name lan
            set system host-name erl
            """;
    private static final String MAPPING =
            "set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping a.b_c-1 ";
    private static final String LATER = MEASURED + MAPPING + "ip-address 192.168.1.5\n" + MAPPING
            + "mac-address AA:BB:CC:DD:EE:0F\n" + "set system static-host-mapping host-name xy inet 10.0.0.9\n";
    private final EdgeOs router = EdgeOs.empty(Options.current());

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void setDeleteCommitAndSaveSayWhatWasRecorded() {
        router.preset(MEASURED);

        replay(Recording.of("set-delete-commit.txt").steps("", ""));
    }

    @Test
    void theChecksOfIscModeSayWhatWasRecorded() {
        router.preset(LATER);

        // What follows in the recording was measured on a system that did not have the dnsmasq script yet.
        replay(Recording.of("dhcp-validation.txt").steps("", "## dnsmasq mode: outside subnet, dup, missing"));
    }

    @Test
    void theLastHostLeavesAnEmptyParent() {
        router.preset(LATER);
        router.wrapper("replay", "begin");

        replay(Recording.of("dhcp-validation.txt").steps("## delete last host -> empty parent stays?", ""));
    }

    @Test
    void dnsmasqModeChecksNothingAndSaysWhatWasRecorded() {
        router.preset(LATER);

        replay(Recording.of("dnsmasq-mode.txt").steps("", ""));
    }

    @Test
    void theWholeConfigPrintsAsRecorded() {
        String recorded = Recording.of("read-formats.txt")
                .section("--- cli-shell-api --show-active-only --show-commands showConfig");

        router.preset(recorded);

        assertThat(router.shownConfig()).isEqualTo(recorded);
    }

    private void replay(List<Recording.Step> steps) {
        assertThat(steps).isNotEmpty();
        for (Recording.Step step : steps) {
            assertThat(router.wrapper("replay", step.words()))
                    .as("%s", step.words())
                    .isEqualTo(step.answer());
        }
    }
}
