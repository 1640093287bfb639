package net.berth.lab.edgeos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions of the stand-in, as they were seen on the config system built from its public source. */
class SessionTest {
    private final EdgeOs router = EdgeOs.start();

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aSessionThatWasLeftBehindIsSilentlyTakenUpAgain() {
        router.beginSession("berth-1", "set system host-name stale");

        assertThat(router.wrapper("berth-1", "begin")).isEqualTo(Answer.OK);
        assertThat(router.wrapper("berth-1", "commit")).isEqualTo(Answer.OK);

        assertThat(router.dump()).contains("set system host-name stale");
    }

    @Test
    void twoSessionsMergeNodeByNodeAndTheLastWriterWins() {
        router.beginSession(
                "one", "set system host-name one\nset system static-host-mapping host-name e1h inet 10.1.1.2");
        router.beginSession(
                "two", "set system host-name two\nset system static-host-mapping host-name e2h inet 10.1.1.3");

        router.wrapper("two", "commit");
        assertThat(router.wrapper("one", "show system static-host-mapping").text())
                .contains("+host-name e1h {", "-host-name e2h {");
        router.wrapper("one", "commit");

        assertThat(router.dump()).contains("system host-name one", "host-name e1h", "host-name e2h");
    }

    @Test
    void aNodeThatWasNotThereAtTheBeginningOfASessionHidesWhatOthersPutBelowItSince() {
        router.admin("delete system static-host-mapping");
        router.beginSession("one", "set system static-host-mapping host-name e1h inet 10.1.1.2");
        router.admin("set system static-host-mapping host-name e2h inet 10.1.1.3");

        assertThat(router.wrapper("one", "show system static-host-mapping").text())
                .contains("-host-name e2h {");
        router.wrapper("one", "commit");

        assertThat(router.dump()).contains("host-name e1h").doesNotContain("host-name e2h");
    }

    @Test
    void anAddressThatIsSetAgainIsAddedNotReplaced() {
        router.admin("set system static-host-mapping host-name web.home.lan inet 192.168.1.20");
        router.admin("set system static-host-mapping host-name web.home.lan inet 192.168.1.30");

        assertThat(router.names().get("web.home.lan")).containsExactly("192.168.1.20", "192.168.1.30");
    }

    @Test
    void deletingAndSettingTheSameIsAChangeThatCommitsToNothing() {
        router.beginSession(
                "one",
                "delete system static-host-mapping host-name camera.home.lan\n"
                        + "set system static-host-mapping host-name camera.home.lan alias camera\n"
                        + "set system static-host-mapping host-name camera.home.lan inet 192.168.1.7\n"
                        + "set system static-host-mapping host-name camera.home.lan inet fd00::7");
        int restarts = router.counters().dnsmasqRestarts();

        assertThat(router.wrapper("one", "commit")).isEqualTo(Answer.OK);

        assertThat(router.counters().commits()).isZero();
        assertThat(router.counters().dnsmasqRestarts()).isEqualTo(restarts);
    }

    @Test
    void aDuplicateAddressCommitsWellAndKillsDnsmasq() {
        String base = "set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping twin ";

        router.admin(base + "ip-address 192.168.1.5\n" + base + "mac-address 00:11:22:33:44:55");

        assertThat(router.dhcpRuns()).isFalse();
    }

    @Test
    void hostRecordsRestartDnsmasqOncePerHost() {
        router.admin("set system static-host-mapping host-name h1 inet 10.0.0.1\n"
                + "set system static-host-mapping host-name h2 inet 10.0.0.2\n"
                + "set system static-host-mapping host-name h3 inet 10.0.0.3");

        assertThat(router.counters().dnsmasqRestarts()).isEqualTo(3);
    }

    @Test
    void cleanupDiscardsAndASecondEndFails() {
        router.beginSession("one", "set system host-name zz");

        assertThat(router.wrapper("one", "cleanup")).isEqualTo(Answer.ok("Changes have been discarded\n"));
        assertThat(router.wrapper("one", "end")).isEqualTo(Answer.OK);
        assertThat(router.wrapper("one", "end")).isEqualTo(Answer.fail(""));
        assertThat(router.wrapper("one", "delete system host-name"))
                .isEqualTo(Answer.fail("calling deleteCfgPath() without config session\n"));
    }

    @Test
    void anEmptyConfigStillPrintsALine() {
        try (EdgeOs bare = EdgeOs.empty(Options.current())) {
            assertThat(bare.shownConfig()).isEqualTo("set ''\n");
        }
    }
}
