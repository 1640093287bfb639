package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static net.berth.edgemax.Bench.record;
import static net.berth.edgemax.Bench.remove;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.berth.edgemax.Bench;
import net.berth.engine.port.Router;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not Berth's, or no longer reads as planned, stays as it is, and nothing is sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignEntryTest {
    private static final String NODE =
            "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping";
    private final Bench bench = Bench.start();

    @BeforeAll
    void secondNetwork() {
        bench.edge.preset("""
                set service dhcp-server shared-network-name IOT subnet 10.0.9.0/24 default-router 10.0.9.1
                set service dhcp-server shared-network-name IOT subnet 10.0.9.0/24 static-mapping lamp ip-address 10.0.9.9
                set service dhcp-server shared-network-name IOT subnet 10.0.9.0/24 static-mapping lamp mac-address 'bc:24:11:00:00:63'
                set service dhcp-server shared-network-name IOT subnet 10.0.9.0/24 static-mapping off disable
                set service dhcp-server shared-network-name IOT subnet 10.0.9.0/24 static-mapping off ip-address 192.168.1.77
                set system static-host-mapping host-name shop.home.lan inet 192.168.1.30
                set system static-host-mapping host-name shop.home.lan inet 10.0.9.9
                """);
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    static Stream<RouterChange> clashes() {
        String printerMac = "aa:bb:cc:dd:ee:0f";
        return Stream.of(
                put(new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.5", "bc:24:11:00:00:14", false)),
                put(new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.20", printerMac, false)),
                put(mapping("printer", 20)),
                put(mapping("lamp", 20)),
                put(mapping("web", 99)),
                put(mapping("web", 77)),
                put(mapping("camera", 20)),
                put(mapping("nas", 20)),
                put(record("camera", 20)),
                put(record("nas", 20)),
                put(new DnsRecord(
                        DnsRecord.Kind.HOST_MAPPING, "x1.home.lan", List.of("camera"), List.of("192.168.1.20"))),
                put(record("printer", 20)),
                remove(mapping("printer", 20)),
                remove(record("camera", 7)),
                remove(new DnsRecord(DnsRecord.Kind.OPTION, "nas.home.lan", List.of("nas"), List.of("192.168.1.6"))),
                put(new Mapping("LAN", "192.168.2.0/24", "web", "192.168.2.20", "bc:24:11:00:00:14", false)),
                put(new Mapping("WLAN", "192.168.1.0/24", "web", "192.168.1.20", "bc:24:11:00:00:14", false)));
    }

    @ParameterizedTest
    @MethodSource("clashes")
    void isNotSent(RouterChange change) {
        String before = bench.edge.dump();
        int lines = bench.edge.counters().lines();

        List<Router.Outcome> outcomes = bench.apply(change);

        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Router.Outcome.Stale.class, stale -> assertThat(
                        stale.why())
                .isNotBlank());
        assertThat(bench.edge.dump()).isEqualTo(before);
        assertThat(bench.edge.counters().lines()).isEqualTo(lines);
    }

    @Test
    void aMappingThatAPersonDisabledIsNotSwitchedOnByWritingIt() {
        bench.edge.admin("set " + NODE + " idle disable");
        Mapping idle = mapping("idle", 31);
        bench.edge.admin("set " + NODE + " idle ip-address 192.168.1.31");
        bench.edge.admin("set " + NODE + " idle mac-address " + idle.macText());

        isNotSent(put(idle));
        isNotSent(put(idle, idle));
    }

    @Test
    void aFurtherAddressThatAPersonAddedToTheNameOfAMappingIsNoObstacle() {
        String before = bench.edge.dump();

        assertThat(bench.apply(put(mapping("shop", 30)))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.dhcpRuns()).isTrue();
        bench.apply(remove(mapping("shop", 30)));
        assertThat(bench.edge.dump()).isEqualTo(before);
    }

    static Stream<RouterChange> malformed() {
        return Stream.of(
                        "",
                        "we b",
                        "web'",
                        "web\"",
                        "we\nb",
                        "$(reboot)",
                        ";reboot",
                        "b\u00e4d",
                        "-web",
                        "web.",
                        "web..home",
                        "w".repeat(64),
                        "w.".repeat(100) + "w",
                        "web\u0000",
                        "`id`",
                        "web\r",
                        "../x",
                        "' ; reboot ; '")
                .flatMap(name -> Stream.of(
                        put(new Mapping("LAN", "192.168.1.0/24", name, "192.168.1.20", "bc:24:11:00:00:14", false)),
                        put(new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name + " ", List.of(), List.of("192.168.1.20"))),
                        put(new DnsRecord(
                                DnsRecord.Kind.HOST_MAPPING,
                                "ok.home.lan",
                                List.of(name + "'"),
                                List.of("192.168.1.20")))));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void hostileNamesNeverReachTheRouter(RouterChange change) {
        String before = bench.edge.dump();
        int lines = bench.edge.counters().lines();

        assertThat(bench.apply(change)).singleElement().isInstanceOf(Router.Outcome.Refused.class);

        assertThat(bench.edge.dump()).isEqualTo(before);
        assertThat(bench.edge.counters().lines()).isEqualTo(lines);
    }

    /** Berth calls none so, but an adopted mapping may be called so: it is edited, and put back where it is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "My_Printer", "web.home", "web-", "_web"})
    void aNameThatAPersonChoseCanBeWrittenAgain(String name) {
        String before = bench.edge.dump();
        Mapping named = mapping(name, 20);
        Mapping otherMac = new Mapping("LAN", "192.168.1.0/24", name, "192.168.1.20", "bc:24:11:00:00:ff", false);

        assertThat(bench.apply(put(named))).containsExactly(new Router.Outcome.Done());
        assertThat(bench.apply(put(otherMac, named))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.mappings()).contains("LAN " + name + " bc:24:11:00:00:ff 192.168.1.20");
        assertThat(bench.edge.dhcpRuns()).isTrue();
        bench.apply(remove(otherMac));
        assertThat(bench.edge.dump()).isEqualTo(before);
    }

    static Stream<Mapping> impossible() {
        return Stream.of(
                new Mapping("LAN", "192.168.1.0/24", "web", "192.168.2.20", "bc:24:11:00:00:14", false),
                new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.255", "bc:24:11:00:00:14", false),
                new Mapping("LAN of mine", "192.168.1.0/24", "web", "192.168.1.20", "bc:24:11:00:00:14", false),
                new Mapping("LAN", "192.168.1.0/24", "web", "", "bc:24:11:00:00:14", false),
                new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.20", "", false),
                new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.20", "01:00:5e:00:00:01", false));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void whatTheRouterWouldTakeAndDieOfIsNotSent(Mapping wanted) {
        int lines = bench.edge.counters().lines();

        assertThat(bench.apply(put(wanted))).singleElement().isInstanceOf(Router.Outcome.Refused.class);

        assertThat(bench.edge.counters().lines()).isEqualTo(lines);
    }
}
