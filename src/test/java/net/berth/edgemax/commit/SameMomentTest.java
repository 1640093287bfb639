package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static net.berth.edgemax.Bench.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.berth.edgemax.Bench;
import net.berth.engine.port.Router;
import net.berth.model.router.Mapping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Another receiver or a person commits between Berth's last look and its commit. Sessions do not see each other: both
 * commits go through, and their lines stand side by side.
 */
class SameMomentTest {
    private static final String MAPPING =
            " service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping ";
    private static final String HOST = " system static-host-mapping host-name ";
    private final Bench bench = Bench.start();
    private final Heard heard = new Heard();

    @AfterEach
    void stop() {
        heard.close();
        bench.close();
    }

    @Test
    void anEntryThatOnlyOthersChangedDoesNotTakeTheRestOfTheBatchBack() {
        bench.apply(put(mapping("guest", 30)));
        int commits = bench.edge.counters().commits();
        meanwhile(renamed("guest", "shop", 30));

        List<Router.Outcome> outcomes = bench.apply(put(mapping("guest", 30)), put(mapping("web", 20)));

        assertThat(isStale(outcomes.getFirst(), "shop")).isTrue();
        assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
        assertThat(bench.edge.counters().commits() - commits)
                .as("theirs and ours")
                .isEqualTo(2);
        assertThat(names()).containsExactlyInAnyOrder("printer", "shop", "web");
        assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void theNameThatAnotherGaveAtTheSameMomentStaysAndNobodyIsAlarmed() {
        isc();

        twoNamesForOneGuestAndTheOthersStays();

        assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
        assertThat(heard.errors()).isEmpty();
        assertThat(heard.warnings()).anyMatch(said -> said.contains("at the same moment") && said.contains("shop"));
    }

    @Test
    void whereTheClashKillsDnsmasqTheOldEntryIsNotPutBackToKillItAgain() {
        twoNamesForOneGuestAndTheOthersStays();

        assertThat(bench.edge.dhcpRuns()).isTrue();
        assertThat(heard.errors()).singleElement().asString().contains("ALARM", "dnsmasq did not run");
    }

    @Test
    void aMappingThatAnotherRemovedIsNotLeftAsAHalfOne() {
        bench.apply(put(mapping("web", 20)));
        meanwhile("delete" + MAPPING + "web");
        Mapping moved = new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.40", "bc:24:11:00:00:14", false);

        assertThat(bench.apply(put(moved, mapping("web", 20)))).noneMatch(new Router.Outcome.Done()::equals);

        assertThat(bench.edge.dump()).doesNotContain("static-mapping web");
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void whatIscModeRefusesBecauseAnotherRemovedItsOtherHalfIsPlannedAnew() {
        isc();
        bench.apply(put(mapping("web", 20)));
        meanwhile("delete" + MAPPING + "web");
        Mapping moved = new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.40", "bc:24:11:00:00:14", false);

        assertThat(bench.apply(put(moved, mapping("web", 20)))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.mappings()).contains("LAN web bc:24:11:00:00:14 192.168.1.40");
    }

    @Test
    void whatIscModeRefusesBecauseOfOneThatAnotherTookAwayIsNotReportedForTheRestOfTheBatch() {
        isc();
        bench.apply(put(mapping("web", 20)));
        meanwhile(renamed("web", "shop", 20));
        Mapping moved = new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.40", "bc:24:11:00:00:14", false);

        List<Router.Outcome> outcomes = bench.apply(put(moved, mapping("web", 20)), put(mapping("db", 22)));

        assertThat(isStale(outcomes.getFirst(), "shop")).isTrue();
        assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
        assertThat(names()).containsExactlyInAnyOrder("printer", "shop", "db");
    }

    @Test
    void anEntryToBeReplacedThatAnotherPutsBackAtThatMomentIsRemovedBeforeTheSessionEnds() {
        isc();
        bench.apply(put(mapping("guest", 30)));
        bench.edge.admin("delete" + MAPPING + "guest");
        meanwhile("set" + MAPPING + "guest ip-address 192.168.1.30\nset" + MAPPING + "guest mac-address "
                + mapping("guest", 30).macText());

        assertThat(bench.apply(put(mapping("shop", 30), mapping("guest", 30))))
                .containsExactly(new Router.Outcome.Done());

        assertThat(names()).containsExactlyInAnyOrder("printer", "shop");
        assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void aNameThatBothGaveKeepsTheOthersAddress() {
        isc();
        meanwhile("set" + HOST + "web.home.lan inet 192.168.1.21");

        List<Router.Outcome> outcomes = bench.apply(put(record("web", 20)), put(record("db", 22)));

        assertThat(isStale(outcomes.getFirst(), "192.168.1.21")).isTrue();
        assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
        assertThat(bench.edge.names())
                .containsEntry("web.home.lan", List.of("192.168.1.21"))
                .containsEntry("db.home.lan", List.of("192.168.1.22"));
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void anAddressThatBothChangedIsTheOthersAndNotTheOldOne() {
        isc();
        bench.apply(put(record("web", 20)));
        meanwhile("delete" + HOST + "web.home.lan inet 192.168.1.20\nset" + HOST + "web.home.lan inet 192.168.1.40");

        bench.apply(put(record("web", 30), record("web", 20)));

        assertThat(bench.edge.names()).containsEntry("web.home.lan", List.of("192.168.1.40"));
    }

    @Test
    void anIpv6AddressThatAPersonAddsAtTheSameMomentStaysBesideTheOldOne() {
        isc();
        bench.apply(put(record("web", 20)));
        meanwhile("set" + HOST + "web.home.lan inet fd00::20");

        bench.apply(put(record("web", 30), record("web", 20)));

        assertThat(bench.edge.names().get("web.home.lan")).containsExactlyInAnyOrder("192.168.1.20", "fd00::20");
    }

    @Test
    void whatOthersCommitWhileBerthLooksAtTheHostsFileIsNoBrokenFile() {
        isc();
        AtomicBoolean once = new AtomicBoolean();
        bench.edge.faults().onDone(program -> {
            // The first look at the daemons behind the commit: the config has been read, the file has not.
            boolean committed = bench.edge.names().containsKey("web.home.lan");
            if (program.startsWith("pidof") && committed && once.compareAndSet(false, true)) {
                bench.edge.admin("delete" + HOST + "web.home.lan\nset" + HOST + "web.home.lan inet 192.168.1.21");
            }
        });

        List<Router.Outcome> outcomes = bench.apply(put(record("web", 20)));

        assertThat(once).isTrue();
        assertThat(isStale(outcomes.getFirst(), "192.168.1.21")).isTrue();
        assertThat(bench.edge.names()).containsEntry("web.home.lan", List.of("192.168.1.21"));
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void aMappingThatAnotherWroteOverBerthsIsNotTakenAway() {
        isc();
        AtomicBoolean once = new AtomicBoolean();
        bench.edge.faults().onDone(program -> {
            boolean committed = names().contains("web");
            if (program.startsWith("cli-shell-api") && committed && once.compareAndSet(false, true)) {
                bench.edge.admin("set" + MAPPING + "web ip-address 192.168.1.21\nset" + MAPPING
                        + "web mac-address 00:11:22:33:44:55");
            }
        });

        List<Router.Outcome> outcomes = bench.apply(put(mapping("web", 20)));

        assertThat(once).isTrue();
        assertThat(isStale(outcomes.getFirst(), "192.168.1.21")).isTrue();
        assertThat(bench.edge.mappings()).contains("LAN web 00:11:22:33:44:55 192.168.1.21");
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void aNameThatAnotherRemovedAtTheSameMomentIsNotPutBack() {
        isc();
        bench.apply(put(record("web", 20)));
        meanwhile("delete" + HOST + "web.home.lan");

        bench.apply(put(record("web", 30), record("web", 20)));

        assertThat(bench.edge.dump()).doesNotContain("web.home.lan");
    }

    @Test
    void whatBerthCouldNotPutBackIsNotTakenAwayWithItsOwnLines() {
        isc();
        bench.apply(put(record("web", 20)));
        bench.edge.faults().beforeCommit(() -> bench.edge.preset("set" + HOST + "web.home.lan ttl 60"));

        bench.apply(put(record("web", 30), record("web", 20)));

        assertThat(bench.edge.dump()).contains("web.home.lan ttl 60");
    }

    /** A guest is given one name by another and one by Berth; what else is in Berth's batch goes through. */
    private void twoNamesForOneGuestAndTheOthersStays() {
        bench.apply(put(mapping("guest", 30)));
        meanwhile(renamed("guest", "shop", 30));

        List<Router.Outcome> outcomes =
                bench.apply(put(mapping("store", 30), mapping("guest", 30)), put(mapping("web", 20)));

        assertThat(isStale(outcomes.getFirst(), "shop")).isTrue();
        assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
        assertThat(names()).containsExactlyInAnyOrder("printer", "shop", "web");
    }

    private void isc() {
        bench.edge.admin("set service dhcp-server use-dnsmasq disable");
    }

    private void meanwhile(String lines) {
        bench.edge.faults().beforeCommit(() -> bench.edge.admin(lines));
    }

    private static String renamed(String from, String to, int host) {
        Mapping now = mapping(to, host);
        return "delete" + MAPPING + from + "\nset" + MAPPING + to + " ip-address " + now.addressText() + "\nset"
                + MAPPING + to + " mac-address " + now.macText();
    }

    private static boolean isStale(Router.Outcome outcome, String why) {
        return outcome instanceof Router.Outcome.Stale stale && stale.why().contains(why);
    }

    private List<String> names() {
        return bench.edge.mappings().stream()
                .map(line -> line.split(" ", -1)[1])
                .toList();
    }
}
