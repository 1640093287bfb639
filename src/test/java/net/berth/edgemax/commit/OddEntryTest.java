package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static net.berth.edgemax.Bench.record;
import static net.berth.edgemax.Bench.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.Nodes;
import net.berth.engine.port.Router;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An entry that no line of Berth's can name or put back stays, its change is refused by name, and the rest goes on. */
class OddEntryTest {
    private static final String LAN = "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24";
    private static final String CONFIG = """
            set %s default-router 192.168.1.1
            set service dhcp-server use-dnsmasq enable
            set system host-name edge
            """.formatted(LAN);

    static Stream<String> odd() {
        return Stream.of(
                        "b\u0000mac-address",
                        "b\u0000disable",
                        "b c",
                        "b/c",
                        "..",
                        "b\u00e4d",
                        "b\tc",
                        "b\rc",
                        "",
                        "\ud83d\ude80")
                .flatMap(word -> Stream.of(
                        LAN + " static-mapping '" + word + "' mac-address 'bc:24:11:00:00:01'",
                        LAN.replace("LAN", "'" + word + "'") + " static-mapping odd mac-address 'bc:24:11:00:00:01'",
                        LAN.replace("192.168.1.0/24", "'" + word + "'") + " static-mapping odd ip-address 192.168.1.9",
                        LAN + " static-mapping odd ip-address '" + word + "'",
                        LAN + " static-mapping odd '" + word + "'",
                        "system static-host-mapping host-name '" + word + "' inet 192.168.1.9",
                        "system static-host-mapping host-name odd.home.lan inet 'x" + word + "'"));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void isRefusedByItselfAndTheRestGoesOn(String line) {
        ActiveConfig config = ActiveConfig.parse(CONFIG + "set " + line + "\n");
        Map<Integer, RouterChange> changes = changes(config);

        ChangePlan plan = ChangePlanner.plan(config, changes);

        assertThat(plan.settled()).containsOnlyKeys(1);
        assertThat(plan.settled().get(1))
                .isInstanceOfSatisfying(Router.Outcome.Refused.class, refused -> assertThat(refused.text())
                        .startsWith("not sent: ")
                        .contains("could not restore it")
                        .doesNotContainPattern("\\p{Cntrl}"));
        assertThat(plan.wanting()).containsExactly(0);
    }

    /** A new mapping, and the removal of whatever odd entry was read. */
    private static Map<Integer, RouterChange> changes(ActiveConfig config) {
        List<RouterChange> changes = new ArrayList<>(List.of(put(mapping("web", 20))));
        config.mappings().forEach(mapping -> changes.add(remove(mapping)));
        config.records().forEach(record -> changes.add(remove(record)));
        assertThat(changes).hasSize(2);
        return new TreeMap<>(Map.of(0, changes.getFirst(), 1, changes.getLast()));
    }

    static Stream<Arguments> unknownParts() {
        RouterChange mapping = remove(mapping("web", 20));
        RouterChange name = remove(record("web", 20));
        return Stream.of(
                arguments(LAN + " static-mapping web static-mapping-parameters 'option x \"y\";'", mapping),
                arguments(LAN + " static-mapping web newer-than-berth 1", mapping),
                arguments("system static-host-mapping host-name web.home.lan inet6 '\"'", name),
                arguments("system static-host-mapping host-name web.home.lan newer-than-berth 1", name));
    }

    @ParameterizedTest
    @MethodSource("unknownParts")
    void anUnknownPartIsNotLostWithTheEntryAroundIt(String line, RouterChange change) {
        RouterChange other = remove(mapping("nas", 6));

        ChangePlan plan = ChangePlanner.plan(whole(line), Map.of(0, change, 1, other));

        assertThat(plan.settled()).containsOnlyKeys(0);
        assertThat(plan.settled().get(0))
                .isInstanceOfSatisfying(Router.Outcome.Refused.class, refused -> assertThat(refused.text())
                        .endsWith(line));
        assertThat(plan.wanting()).containsExactly(1);
    }

    @ParameterizedTest
    @MethodSource("unknownParts")
    void anUnknownPartOfAnEntryThatIsRightStandsInNobodysWay(String line) {
        RouterChange mapping = put(mapping("web", 20), mapping("web", 20), mapping("nas", 6));
        RouterChange name = put(record("web", 20), record("web", 20));

        ChangePlan plan = ChangePlanner.plan(whole(line), Map.of(0, mapping, 1, name));

        assertThat(plan.settled()).isEmpty();
        assertThat(plan.commands()).containsExactly(ConfigCommand.delete(Nodes.of(mapping("nas", 6))));
    }

    /** As people use them: another name server, or a boot file, for one machine. */
    @ParameterizedTest
    @ValueSource(strings = {"web2", "WEB"})
    void whatWasAddedToAMappingGoesAlongWhenItGetsAnotherName(String name) {
        String node = LAN + " static-mapping web static-mapping-parameters ";
        Mapping renamed = new Mapping("LAN", "192.168.1.0/24", name, "192.168.1.20", "bc:24:11:00:00:14", false);
        RouterChange change = put(renamed, mapping("web", 20));
        ActiveConfig before =
                whole(node + "'filename pxelinux.0;'\nset " + node + "'option domain-name-servers 192.168.1.5;'");

        ChangePlan plan = ChangePlanner.plan(before, Map.of(0, change));

        assertThat(plan.settled()).isEmpty();
        assertThat(plan.commands())
                .extracting(ConfigCommand::toString)
                .containsExactly(
                        "delete " + LAN + " static-mapping web",
                        "set " + LAN + " static-mapping " + name + " ip-address 192.168.1.20",
                        "set " + LAN + " static-mapping " + name + " mac-address bc:24:11:00:00:14",
                        "set " + LAN + " static-mapping " + name + " static-mapping-parameters filename pxelinux.0;",
                        "set " + LAN + " static-mapping " + name
                                + " static-mapping-parameters option domain-name-servers 192.168.1.5;");
    }

    @Test
    void whatWasAddedStaysBehindWhenTheAddressIsAnother() {
        RouterChange change = put(mapping("web2", 21), mapping("web", 20));
        ActiveConfig before =
                whole(LAN + " static-mapping web static-mapping-parameters 'option routers 192.168.1.9;'");
        assertThat(ChangePlanner.plan(before, Map.of(0, change)).commands())
                .extracting(ConfigCommand::toString)
                .noneMatch(command -> command.contains("option routers"));
    }

    /** Two guests of Berth's, and one more line. */
    private static ActiveConfig whole(String line) {
        return ActiveConfig.parse(CONFIG + """
                set LAN static-mapping nas ip-address 192.168.1.6
                set LAN static-mapping nas mac-address 'bc:24:11:00:00:06'
                set LAN static-mapping web ip-address 192.168.1.20
                set LAN static-mapping web mac-address 'bc:24:11:00:00:14'
                set system static-host-mapping host-name web.home.lan alias web
                set system static-host-mapping host-name web.home.lan inet 192.168.1.20
                """.replace("LAN", LAN) + "set " + line + "\n");
    }
}
