package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static net.berth.edgemax.Bench.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.berth.edgemax.Bench;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commits that fail, by halves and as a whole. */
class RefusedCommitTest {
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aCommitThatFailsOnceIsTriedAgainByHalves() {
        bench.edge.faults().failNextCommit("some passing trouble");

        assertThat(bench.apply(put(mapping("web", 20)), put(mapping("db", 21))))
                .containsOnly(new Router.Outcome.Done());

        assertThat(bench.edge.mappings()).hasSize(3);
        assertThat(bench.edge.openSessions()).isEmpty();
    }

    @Test
    void aSingleChangeThatFailsIsRefusedInTheRoutersWords() {
        bench.edge.faults().failNextCommit("[ service dhcp-server ]\nno more today");
        String before = bench.edge.dump();

        List<Router.Outcome> outcomes = bench.apply(put(mapping("web", 20)));

        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Router.Outcome.Refused.class, refused -> assertThat(
                        refused.text())
                .contains("no more today"));
        assertThat(bench.edge.dump()).isEqualTo(before);
    }

    @Test
    void theCulpritIsFoundAndTheRestGoesThrough() {
        bench.edge.faults().refuseNode("vm27", "vm27 is not to my taste");
        List<RouterChange> changes = new ArrayList<>();
        for (int host = 20; host < 36; host++) {
            changes.add(put(mapping("vm" + host, host)));
        }

        Router.Applied applied = bench.router.apply(KnownBatch.of(changes));

        assertThat(applied.outcomes().get(7))
                .isInstanceOfSatisfying(Router.Outcome.Refused.class, refused -> assertThat(refused.text())
                        .contains("not to my taste"));
        assertThat(applied.outcomes().stream().filter(new Router.Outcome.Done()::equals))
                .hasSize(15);
        assertThat(bench.edge.mappings()).hasSize(16).noneMatch(line -> line.contains("vm27"));
        assertThat(applied.after().mappings()).hasSize(16);
        assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
        assertThat(bench.edge.counters().commits()).isLessThanOrEqualTo(5);
    }

    @Test
    void theGoodHalfIsToldWhenItIsInPlaceAndSavedWhateverTheRestStillNeeds() {
        bench.edge.faults().refuseNode("vm27", "vm27 is not to my taste");
        List<RouterChange> changes = new ArrayList<>();
        for (int host = 20; host < 28; host++) {
            changes.add(put(mapping("vm" + host, host)));
        }
        List<Map<Integer, Router.Outcome>> told = new ArrayList<>();

        bench.router.apply(new Router.Batch() {
            @Override
            public List<RouterChange> changes(RouterView current) {
                return changes;
            }

            @Override
            public void settled(Map<Integer, Router.Outcome> outcomes, RouterView after) {
                told.add(outcomes);
                if (told.size() == 1) {
                    assertThat(bench.edge.mappings())
                            .as("one of a person's and four of ours")
                            .hasSize(5);
                    assertThat(after.mappings()).hasSize(5);
                    assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
                }
            }
        });

        assertThat(told.getFirst().keySet()).containsExactly(0, 1, 2, 3);
        assertThat(told.getFirst().values()).containsOnly(new Router.Outcome.Done());
        assertThat(told.stream().flatMap(some -> some.keySet().stream()))
                .as("each once")
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void aRefusedNameDoesNotHoldBackTheMappings() {
        bench.edge.faults().refuseNode("bad.home.lan", "this name is refused");

        List<Router.Outcome> outcomes = bench.apply(
                put(mapping("bad", 20)), put(record("bad", 20)), put(mapping("good", 21)), put(record("good", 21)));

        assertThat(outcomes.get(1)).isInstanceOf(Router.Outcome.Refused.class);
        assertThat(List.of(outcomes.get(0), outcomes.get(2), outcomes.get(3))).containsOnly(new Router.Outcome.Done());
        assertThat(bench.edge.hostsFile()).anyMatch(line -> line.contains("good.home.lan"));
        assertThat(bench.edge.counters().commits()).isEqualTo(2);
    }

    @Test
    void aRouterThatRefusesEverythingIsNotAskedForEver() {
        bench.edge.faults().refuseNode("static-mapping", "no mappings here");
        List<RouterChange> changes = new ArrayList<>();
        for (int host = 20; host < 84; host++) {
            changes.add(put(mapping("vm" + host, host)));
        }

        Router.Applied applied = bench.router.apply(KnownBatch.of(changes));

        assertThat(applied.outcomes()).hasSize(64).noneMatch(new Router.Outcome.Done()::equals);
        assertThat(bench.edge.counters().execs()).isLessThan(60);
        assertThat(bench.edge.openSessions()).isEmpty();
    }

    @Test
    void aBrokenForeignEntryOfIscModeIsToldInItsWords() {
        bench.edge.admin("set service dhcp-server use-dnsmasq disable");
        bench.edge.preset(
                "set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping half ip-address 192.168.1.9");

        assertThat(bench.apply(put(mapping("web", 20))))
                .singleElement()
                .isInstanceOfSatisfying(Router.Outcome.Refused.class, refused -> assertThat(refused.text())
                        .contains("No static DHCP lease mac address specified for static mapping 'half'"));
    }
}
