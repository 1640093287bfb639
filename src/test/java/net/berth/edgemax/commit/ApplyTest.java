package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static net.berth.edgemax.Bench.record;
import static net.berth.edgemax.Bench.remove;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.berth.edgemax.Bench;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Router;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a batch does to a router on which nothing goes wrong. */
class ApplyTest {
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void newMappingAnswersByNameInOneCommitAndIsSaved() {
        Router.Applied applied = bench.router.apply(KnownBatch.of(List.of(put(mapping("web", 20)))));

        assertThat(applied.outcomes()).containsExactly(new Router.Outcome.Done());
        assertThat(applied.commits()).isEqualTo(1);
        assertThat(applied.after().mappings()).contains(mapping("web", 20));
        assertThat(bench.edge.mappings()).contains("LAN web bc:24:11:00:00:14 192.168.1.20");
        assertThat(bench.edge.names()).containsEntry("web.home.lan", List.of("192.168.1.20"));
        assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
        assertThat(bench.edge.savedBy()).isEqualTo("root:vyattacfg");
        assertThat(bench.edge.counters().dnsmasqRestarts()).isEqualTo(1);
        assertThat(bench.edge.openSessions()).isEmpty();
    }

    @Test
    void everythingForeignStaysByteForByte() {
        String before = bench.edge.dump();

        bench.apply(put(mapping("web", 20)), put(record("web", 20)));
        bench.apply(remove(mapping("web", 20)), remove(record("web", 20)));

        assertThat(bench.edge.dump()).isEqualTo(before);
    }

    @Test
    void whatIsThereAlreadyCostsNoCommit() {
        bench.apply(put(mapping("web", 20)), put(record("web", 20)));
        int commits = bench.edge.counters().commits();
        int saves = bench.edge.counters().saves();

        Router.Applied again =
                bench.router.apply(KnownBatch.of(List.of(put(mapping("web", 20)), put(record("web", 20)))));

        assertThat(again.outcomes()).containsOnly(new Router.Outcome.Done());
        assertThat(again.commits()).isZero();
        assertThat(bench.edge.counters().commits()).isEqualTo(commits);
        assertThat(bench.edge.counters().saves()).isEqualTo(saves);
    }

    @Test
    void hundredNewGuestsCostOneCommit() {
        List<RouterChange> changes = new ArrayList<>();
        for (int host = 20; host < 120; host++) {
            changes.add(put(mapping("vm" + host, host)));
        }

        Router.Applied applied = bench.router.apply(KnownBatch.of(changes));

        assertThat(applied.outcomes()).hasSize(100).containsOnly(new Router.Outcome.Done());
        assertThat(bench.edge.counters().commits()).isEqualTo(1);
        assertThat(bench.edge.counters().dnsmasqRestarts()).isEqualTo(1);
        assertThat(bench.edge.mappings()).hasSize(101);
    }

    @Test
    void anAddressThatChangesLeavesNoOldOneBehind() {
        bench.apply(put(mapping("web", 20)), put(record("web", 20)));
        Mapping moved = new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.30", "bc:24:11:00:00:14", false);

        bench.apply(put(moved, mapping("web", 20)), put(record("web", 30), record("web", 20)));

        assertThat(bench.edge.names()).containsEntry("web.home.lan", List.of("192.168.1.30"));
        assertThat(bench.edge.mappings()).contains("LAN web bc:24:11:00:00:14 192.168.1.30");
    }

    @Test
    void aRenamedGuestKeepsItsAddressUnderItsNewNameAlone() {
        bench.apply(put(mapping("web", 20)), put(record("web", 20)));
        Mapping renamed = mapping("shop", 20);

        assertThat(bench.apply(put(renamed, mapping("web", 20)), put(record("shop", 20), record("web", 20))))
                .containsOnly(new Router.Outcome.Done());

        assertThat(bench.edge.names())
                .containsEntry("shop.home.lan", List.of("192.168.1.20"))
                .doesNotContainKey("web.home.lan");
    }

    @Test
    void twoGuestsSwapAddressesInOneBatch() {
        bench.apply(put(mapping("one", 20)), put(mapping("two", 21)));
        Mapping one = new Mapping("LAN", "192.168.1.0/24", "one", "192.168.1.21", "bc:24:11:00:00:14", false);
        Mapping two = new Mapping("LAN", "192.168.1.0/24", "two", "192.168.1.20", "bc:24:11:00:00:15", false);

        assertThat(bench.apply(put(one, mapping("one", 20)), put(two, mapping("two", 21))))
                .containsOnly(new Router.Outcome.Done());

        assertThat(bench.edge.mappings())
                .contains("LAN one bc:24:11:00:00:14 192.168.1.21", "LAN two bc:24:11:00:00:15 192.168.1.20");
    }

    @Test
    void twoGuestsSwapNamesInOneBatch() {
        bench.apply(put(mapping("web", 20)), put(mapping("db", 21)), put(record("web", 20)), put(record("db", 21)));
        Mapping db = new Mapping("LAN", "192.168.1.0/24", "db", "192.168.1.20", "bc:24:11:00:00:14", false);
        Mapping web = new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.21", "bc:24:11:00:00:15", false);

        try (Heard heard = new Heard()) {
            Router.Applied applied = bench.router.apply(KnownBatch.of(List.of(
                    put(db, mapping("web", 20)),
                    put(web, mapping("db", 21)),
                    put(record("db", 20), record("web", 20)),
                    put(record("web", 21), record("db", 21)))));

            assertThat(applied.outcomes()).hasSize(4).containsOnly(new Router.Outcome.Done());
            assertThat(applied.commits()).isEqualTo(1);
            assertThat(heard.errors()).isEmpty();
        }
        assertThat(bench.edge.mappings())
                .contains("LAN db bc:24:11:00:00:14 192.168.1.20", "LAN web bc:24:11:00:00:15 192.168.1.21");
        assertThat(bench.edge.names())
                .containsEntry("db.home.lan", List.of("192.168.1.20"))
                .containsEntry("web.home.lan", List.of("192.168.1.21"));
    }

    @Test
    void anUpperCaseMacOfTheSameMappingIsLeftAsItIs() {
        Mapping printer = new Mapping("LAN", "192.168.1.0/24", "printer", "192.168.1.5", "aa:bb:cc:dd:ee:0f", false);
        String before = bench.edge.dump();

        assertThat(bench.apply(put(printer))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.dump()).isEqualTo(before);
    }

    @Test
    void anIpv6AddressThatSomebodyGaveTheNameStays() {
        bench.edge.admin("set system static-host-mapping host-name web.home.lan inet 192.168.1.20\n"
                + "set system static-host-mapping host-name web.home.lan inet fd00::20");

        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.names()).containsEntry("web.home.lan", List.of("192.168.1.20", "fd00::20"));
    }

    @Test
    void whatAPersonWroteInCapitalsOrWithOtherAliasesCanBeAddedTo() {
        bench.edge.admin("set system static-host-mapping host-name Web.home.lan alias my_Web\n"
                + "set system static-host-mapping host-name Web.home.lan inet 192.168.1.20");
        DnsRecord theirs =
                new DnsRecord(DnsRecord.Kind.HOST_MAPPING, "Web.home.lan", List.of("my_Web"), List.of("192.168.1.20"));
        DnsRecord more =
                new DnsRecord(theirs.kind(), theirs.name(), theirs.aliases(), List.of("192.168.1.20", "fd00::20"));

        assertThat(bench.apply(put(more, theirs))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.names().get("my_Web")).containsExactlyInAnyOrder("192.168.1.20", "fd00::20");
    }

    @Test
    void aRecordThatMadeTheNameGivesWayToTheMapping() {
        bench.edge.admin("set system static-host-mapping host-name web.home.lan alias web\n"
                + "set system static-host-mapping host-name web.home.lan inet 192.168.1.90");

        assertThat(bench.apply(remove(record("web", 90)), put(mapping("web", 20))))
                .containsOnly(new Router.Outcome.Done());

        assertThat(bench.edge.names()).containsEntry("web.home.lan", List.of("192.168.1.20"));
    }

    @Test
    void removingWhatIsGoneIsDone() {
        assertThat(bench.apply(remove(mapping("never", 90)), remove(record("never", 90))))
                .containsOnly(new Router.Outcome.Done());
        assertThat(bench.edge.counters().commits()).isZero();
    }

    @Test
    void aHundredHostRecordsAreOneCommit() {
        List<RouterChange> changes = new ArrayList<>();
        for (int host = 20; host < 120; host++) {
            changes.add(put(new DnsRecord(
                    DnsRecord.Kind.HOST_MAPPING, "vm" + host + ".other.lan", List.of(), List.of("192.168.1." + host))));
        }

        assertThat(bench.router.apply(KnownBatch.of(changes)).commits()).isEqualTo(1);
    }

    @Test
    void inIscModeMappingAndRecordTogetherAreOneCommit() {
        bench.edge.admin("set service dhcp-server use-dnsmasq disable");
        int commits = bench.edge.counters().commits();

        assertThat(bench.apply(put(mapping("web", 20)), put(record("web", 20))))
                .containsOnly(new Router.Outcome.Done());

        assertThat(bench.edge.counters().commits()).isEqualTo(commits + 1);
        assertThat(bench.edge.names())
                .containsEntry("web.home.lan", List.of("192.168.1.20"))
                .containsEntry("web", List.of("192.168.1.20"));
        assertThat(bench.edge.hostsFile()).contains("192.168.1.20\t web.home.lan web \t #vyatta entry");
    }

    @Test
    void oneConnectionServesManyCalls() {
        bench.router.read();
        bench.apply(put(mapping("web", 20)));
        bench.router.read();

        assertThat(bench.edge.counters().logins()).isEqualTo(1);
    }
}
