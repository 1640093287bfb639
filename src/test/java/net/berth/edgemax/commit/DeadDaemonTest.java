package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static net.berth.edgemax.Bench.record;
import static net.berth.edgemax.Bench.remove;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.edgemax.Bench;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Router;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits that say 0 and leave the network without DHCP and DNS. */
class DeadDaemonTest {
    @Test
    void ownLinesAreTakenBackWhenDnsmasqDies() {
        try (Bench bench = Bench.start()) {
            bench.apply(put(mapping("old", 30)), put(record("old", 30)));
            String before = bench.edge.dump();
            String saved = bench.edge.savedDump();
            bench.edge.faults().daemonsDieAfter(1);

            List<Router.Outcome> outcomes = bench.apply(put(mapping("web", 20)));

            assertThat(outcomes)
                    .singleElement()
                    .isInstanceOfSatisfying(Router.Outcome.Refused.class, refused -> assertThat(refused.text())
                            .contains("ALARM", "dnsmasq did not run"));
            assertThat(bench.edge.dump()).isEqualTo(before);
            assertThat(bench.edge.savedDump()).isEqualTo(saved);
            assertThat(bench.edge.dhcpRuns()).isTrue();
        }
    }

    @Test
    void theInverseBringsBackWhatWasChangedAndRemoved() {
        try (Bench bench = Bench.start()) {
            bench.apply(
                    put(mapping("web", 20)), put(record("web", 20)), put(mapping("gone", 21)), put(record("gone", 21)));
            String before = bench.edge.dump();
            bench.edge.faults().daemonsDieAfter(20);
            Mapping moved = new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.40", "bc:24:11:00:00:14", false);

            bench.apply(
                    put(moved, mapping("web", 20)),
                    put(record("web", 40), record("web", 20)),
                    remove(mapping("gone", 21)),
                    remove(record("gone", 21)));

            assertThat(bench.edge.dump()).isEqualTo(before);
        }
    }

    @Test
    void aDaemonThatStaysDeadIsNotSaved() {
        try (Bench bench = Bench.start()) {
            String saved = bench.edge.savedDump();
            bench.edge.faults().daemonsDieAfter(50);

            assertThat(bench.apply(put(mapping("web", 20))))
                    .singleElement()
                    .isInstanceOfSatisfying(Router.Outcome.Refused.class, refused -> assertThat(refused.text())
                            .contains("Look at the router now"));

            assertThat(bench.edge.savedDump()).isEqualTo(saved);
        }
    }

    @Test
    void anUndoThatTheRouterRefusesIsNoCommitAndIsReportedInItsWords() {
        try (Bench bench = Bench.start()) {
            bench.edge.faults().daemonsDieAfter(50);
            bench.edge.faults().onDone(program -> {
                if (program.endsWith(" commit")) {
                    bench.edge.faults().failNextCommit("no more today");
                }
            });

            Router.Applied applied = bench.router.apply(KnownBatch.of(List.of(put(mapping("web", 20)))));

            assertThat(applied.commits()).isEqualTo(1);
            assertThat(applied.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(Router.Outcome.Refused.class, refused -> assertThat(refused.text())
                            .contains(
                                    "did not help. Look at the router now.",
                                    ". The router's last answer: no more today"));
        }
    }

    @Test
    void aNameThatDoesNotReachTheHostsFileIsTakenBackAndNotSaved() {
        try (Bench bench = Bench.isc()) {
            bench.apply(put(record("old", 30)));
            String before = bench.edge.dump();
            String saved = bench.edge.savedDump();
            bench.edge.faults().hostsFileStays(1);

            assertThat(bench.apply(put(record("web", 20))))
                    .singleElement()
                    .isInstanceOfSatisfying(Router.Outcome.Refused.class, refused -> assertThat(refused.text())
                            .contains("ALARM", "/etc/hosts has web.home.lan as [], not as [192.168.1.20]"));
            assertThat(bench.edge.dump()).isEqualTo(before);
            assertThat(bench.edge.savedDump()).isEqualTo(saved);

            bench.edge.faults().hostsFileStays(1);
            assertThat(bench.apply(remove(record("old", 30)))).noneMatch(new Router.Outcome.Done()::equals);
            assertThat(bench.edge.dump()).isEqualTo(before);
        }
    }

    @Test
    void whatAPartlyRefusedCommitDidIsLookedAtToo() {
        try (Bench bench = Bench.isc();
                Heard heard = new Heard()) {
            bench.edge.faults().refuseNode("bad", "bad is not to my taste");
            bench.edge.faults().hostsFileStays(1);

            List<Router.Outcome> outcomes = bench.apply(put(mapping("bad", 21)), put(record("web", 20)));

            assertThat(outcomes.getFirst()).isInstanceOf(Router.Outcome.Refused.class);
            assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
            assertThat(bench.edge.hostsFile()).anyMatch(line -> line.contains(" web.home.lan "));
            assertThat(heard.errors())
                    .singleElement()
                    .asString()
                    .contains("ALARM", "/etc/hosts has web.home.lan as []");
        }
    }

    /** Of two parts of the config one is refused, the other in force, and a daemon dies of it. */
    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.40", "192.168.1.50"})
    void whatAPartlyRefusedCommitWroteOverReadsAsBefore(String refused) {
        try (Bench bench = Bench.start()) {
            DnsRecord old = new DnsRecord(
                    DnsRecord.Kind.HOST_MAPPING, "web.other.lan", List.of("web"), List.of("192.168.1.20"));
            DnsRecord other = new DnsRecord(old.kind(), old.name(), old.aliases(), List.of("192.168.1.50"));
            Mapping moved = new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.40", "bc:24:11:00:00:14", false);
            bench.apply(put(mapping("web", 20)), put(old));
            String before = bench.edge.dump();
            bench.edge.faults().refuseNode(refused, "not this one");
            bench.edge.faults().daemonsDieAfter(20);

            assertThat(bench.apply(put(moved, mapping("web", 20)), put(other, old)))
                    .hasOnlyElementsOfType(Router.Outcome.Refused.class);

            assertThat(bench.edge.dump()).isEqualTo(before);
        }
    }

    @Test
    void dhcpdOfIscModeIsWatchedToo() {
        try (Bench bench = Bench.isc()) {
            String before = bench.edge.dump();
            bench.edge.faults().daemonsDieAfter(1);

            assertThat(bench.apply(put(mapping("web", 20)))).singleElement().isInstanceOf(Router.Outcome.Refused.class);

            assertThat(bench.edge.dump()).isEqualTo(before);
            assertThat(bench.edge.dhcpRuns()).isTrue();
        }
    }

    @Test
    void aDaemonThatWasDeadBeforeDoesNotStopTheMending() {
        try (Bench bench = Bench.start()) {
            String base = "set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping ";
            bench.edge.preset(base + "one ip-address 192.168.1.60\n" + base + "one mac-address 00:11:22:33:44:55\n"
                    + base + "two ip-address 192.168.1.60\n" + base + "two mac-address 00:11:22:33:44:56");
            assertThat(bench.edge.dhcpRuns()).isFalse();

            bench.apply(
                    remove(new Mapping("LAN", "192.168.1.0/24", "two", "192.168.1.60", "00:11:22:33:44:56", false)));

            assertThat(bench.edge.dhcpRuns()).isTrue();
        }
    }
}
