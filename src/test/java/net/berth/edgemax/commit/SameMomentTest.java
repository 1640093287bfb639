package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static net.berth.edgemax.Bench.record;
import static net.berth.edgemax.Bench.remove;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.berth.edgemax.Bench;
import net.berth.engine.port.Router;
import net.berth.model.router.Mapping;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An admin commits while Berth writes. Admins do not take Berth's lock, and the config system keeps their sessions apart from
 * Berth's: without a comparison right before the commit, both would go through unseen.
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
    void anEntryThatAnAdminChangedMeanwhileIsNotOverwrittenAndTheRestGoesThrough() {
        bench.apply(put(mapping("guest", 30)));
        int commits = bench.edge.counters().commits();
        whileBerthSends(renamed("guest", "shop", 30));

        List<Router.Outcome> outcomes =
                bench.apply(put(mapping("store", 30), mapping("guest", 30)), put(mapping("web", 20)));

        assertThat(isStale(outcomes.getFirst(), "shop")).isTrue();
        assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
        assertThat(names()).containsExactlyInAnyOrder("printer", "shop", "web");
        assertThat(bench.edge.counters().commits() - commits)
                .as("the admin's and Berth's")
                .isEqualTo(2);
        assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void aMappingThatAnAdminDeletedMeanwhileIsWrittenWhole() {
        isc();
        bench.apply(put(mapping("web", 20)));
        whileBerthSends("delete" + MAPPING + "web");
        Mapping moved = new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.40", "bc:24:11:00:00:14", false);

        assertThat(bench.apply(put(moved, mapping("web", 20)))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.mappings()).contains("LAN web bc:24:11:00:00:14 192.168.1.40");
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void anEntryToBeReplacedThatAnAdminAddedMeanwhileIsReplaced() {
        isc();
        Mapping guest = mapping("guest", 30);
        whileBerthSends("set" + MAPPING + "guest ip-address 192.168.1.30\nset" + MAPPING + "guest mac-address "
                + guest.macText());

        assertThat(bench.apply(put(mapping("shop", 30), guest))).containsExactly(new Router.Outcome.Done());

        assertThat(names()).containsExactlyInAnyOrder("printer", "shop");
    }

    @Test
    void anAddressThatAnAdminGaveTheNameMeanwhileStays() {
        isc();
        whileBerthSends("set" + HOST + "web.home.lan inet 192.168.1.21");

        List<Router.Outcome> outcomes = bench.apply(put(record("web", 20)), put(record("db", 22)));

        assertThat(isStale(outcomes.getFirst(), "192.168.1.21")).isTrue();
        assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
        assertThat(bench.edge.names())
                .containsEntry("web.home.lan", List.of("192.168.1.21"))
                .containsEntry("db.home.lan", List.of("192.168.1.22"));
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void anIpv6AddressThatAnAdminAddedMeanwhileStays() {
        isc();
        bench.apply(put(record("web", 20)));
        whileBerthSends("set" + HOST + "web.home.lan inet fd00::20");

        bench.apply(put(record("web", 30), record("web", 20)));

        assertThat(bench.edge.names().get("web.home.lan")).containsExactlyInAnyOrder("192.168.1.20", "fd00::20");
    }

    @Test
    void namesThatAnAdminAddedBelowAParentThatWasNotThereStay() {
        bench.edge.admin("delete system static-host-mapping");
        whileBerthSends("set" + HOST + "tv.home.lan inet 192.168.1.9");

        assertThat(bench.apply(put(record("web", 20)))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.names()).containsKeys("tv.home.lan", "web.home.lan");
        assertThat(bench.edge.openSessions()).isEmpty();
    }

    @Test
    void theFirstNameBelowAnEmptyParentIsNotReportedAsAChangeOfAnAdmin() {
        bench.edge.admin("delete system static-host-mapping host-name camera.home.lan");
        assertThat(bench.edge.dump()).contains("set system static-host-mapping\n");

        assertThat(bench.apply(put(record("web", 20)))).containsExactly(new Router.Outcome.Done());

        assertThat(heard.warnings()).isEmpty();
    }

    @Test
    void anAdminsCommitThatStillRunsIsWaitedForAndSeen() {
        bench.edge.faults().commitTakes(Duration.ofMillis(300));
        AtomicBoolean once = new AtomicBoolean();
        bench.edge.faults().onDone(program -> {
            if (program.startsWith("vyatta-cfg-cmd-wrapper set") && once.compareAndSet(false, true)) {
                Thread.startVirtualThread(() -> bench.edge.admin("set" + MAPPING + "tv ip-address 192.168.1.20\nset"
                        + MAPPING + "tv mac-address 00:11:22:33:44:55"));
                Awaitility.await().until(bench.edge::isCommitting);
            }
        });

        List<Router.Outcome> outcomes = bench.apply(put(mapping("web", 20)), put(mapping("db", 22)));

        assertThat(isStale(outcomes.getFirst(), "tv")).isTrue();
        assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void whereAnAdminsMappingHasTheAddressOfAnOldOneTheOldOneIsNotPutBackBesideIt() {
        bench.apply(put(mapping("guest", 30)));
        atTheCommit(renamed("guest", "shop", 30));

        List<Router.Outcome> outcomes =
                bench.apply(put(mapping("store", 30), mapping("guest", 30)), put(mapping("web", 20)));

        assertThat(isStale(outcomes.getFirst(), "shop")).isTrue();
        assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
        assertThat(names()).containsExactlyInAnyOrder("printer", "shop", "web");
        assertThat(bench.edge.dhcpRuns()).isTrue();
        assertThat(heard.errors()).singleElement().asString().contains("ALARM", "dnsmasq did not run");
    }

    @Test
    void anEntryThatAnAdminWroteAtTheVeryCommitIsReportedAndStays() {
        isc();
        bench.apply(put(mapping("guest", 30)));
        atTheCommit(renamed("guest", "shop", 30));

        List<Router.Outcome> outcomes =
                bench.apply(put(mapping("store", 30), mapping("guest", 30)), put(record("db", 22)));

        assertThat(isStale(outcomes.getFirst(), "shop")).isTrue();
        assertThat(outcomes.getLast()).isEqualTo(new Router.Outcome.Done());
        assertThat(names()).contains("shop");
        assertThat(heard.errors()).isEmpty();
    }

    @Test
    void whatBerthDoesNotKnowIsNotDeletedWithItsOwnLines() {
        isc();
        bench.apply(put(record("web", 20)));
        bench.edge.faults().beforeCommit(() -> bench.edge.preset("set" + HOST + "web.home.lan ttl 60"));

        bench.apply(put(record("web", 30), record("web", 20)));

        assertThat(bench.edge.dump()).contains("web.home.lan ttl 60");
    }

    @Test
    void anAdminsCommitWhileBerthReadsTheHostsFileIsNoBrokenFile() {
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
    void aMappingThatAnAdminWroteOverBerthsIsNotTakenAway() {
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
    void aBatchThatLeavesTheRouterAsItIsOpensNoSession() {
        bench.apply(put(mapping("web", 20)));
        int lines = bench.edge.counters().lines();
        AtomicBoolean begun = new AtomicBoolean();
        bench.edge.faults().onDone(program -> begun.compareAndSet(false, program.endsWith(" begin")));

        assertThat(bench.apply(put(mapping("web", 20)), remove(mapping("gone", 21))))
                .containsOnly(new Router.Outcome.Done());

        assertThat(begun).isFalse();
        assertThat(bench.edge.counters().lines()).isEqualTo(lines);
    }

    private void isc() {
        bench.edge.admin("set service dhcp-server use-dnsmasq disable");
    }

    /** Between Berth's read and its commit. */
    private void whileBerthSends(String lines) {
        AtomicBoolean once = new AtomicBoolean();
        bench.edge.faults().onDone(program -> {
            boolean sent = program.startsWith("vyatta-cfg-cmd-wrapper set")
                    || program.startsWith("vyatta-cfg-cmd-wrapper delete");
            if (sent && once.compareAndSet(false, true)) {
                bench.edge.admin(lines);
            }
        });
    }

    /** Between the comparison right before the commit and the router's own lock. */
    private void atTheCommit(String lines) {
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
