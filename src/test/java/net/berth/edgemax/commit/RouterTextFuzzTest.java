package net.berth.edgemax.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.berth.edgemax.Printed;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigLine;
import net.berth.edgemax.seen.LeaseFiles;
import net.berth.edgemax.seen.LeaseText;
import net.berth.edgemax.seen.LeasesAndNeighbours;
import net.berth.fuzz.Fuzz;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import org.junit.jupiter.api.Test;

/** Whatever the router prints: torn, mixed, translated or made up. */
class RouterTextFuzzTest {
    private static final Mapping WEB =
            new Mapping("LAN", "192.168.1.0/24", "web", "192.168.1.20", "bc:24:11:00:00:01", false);
    private static final DnsRecord NAME =
            new DnsRecord(DnsRecord.Kind.HOST_MAPPING, "web.home.lan", List.of("web"), List.of("192.168.1.20"));

    /** What a commit may have made of it, with another admin's hand in it. */
    private static final String AFTER = """
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping web ip-address 192.168.1.20
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping web mac-address 'bc:24:11:00:00:01'
            set system static-host-mapping host-name web.home.lan inet 192.168.1.20
            set system static-host-mapping host-name web.home.lan alias other
            """;

    @Test
    void configs() {
        Fuzz.of("edgemax-config", 2_000).run(input -> {
            ActiveConfig config = ActiveConfig.parse(text(input));
            for (ConfigLine line : config.lines()) {
                assertThat(ConfigLine.parse(Printed.line(line.words())))
                        .map(ConfigLine::words)
                        .contains(line.words());
            }
            return planned(config);
        });
    }

    /** Every entry that was read is removed, two are put: whatever was read, only lines of the grammar come of it. */
    private static String planned(ActiveConfig config) {
        List<RouterChange> all = new ArrayList<>();
        all.add(new RouterChange.PutMapping(
                WEB, config.mappings().stream().limit(3).toList()));
        all.add(new RouterChange.PutRecord(NAME, List.of()));
        config.mappings().forEach(mapping -> all.add(new RouterChange.RemoveMapping(mapping)));
        config.records().forEach(record -> all.add(new RouterChange.RemoveRecord(record)));
        Map<Integer, RouterChange> changes = new HashMap<>();
        all.stream().limit(50).forEach(change -> changes.put(changes.size(), change));
        ChangePlan plan = ChangePlanner.plan(config, changes);
        plan.commands().forEach(RouterTextFuzzTest::check);
        plan.edits().forEach(edit -> edit.undo().forEach(RouterTextFuzzTest::check));
        ActiveConfig other = ActiveConfig.parse(AFTER);
        plan.undo(config, other).forEach(RouterTextFuzzTest::check);
        ChangePlanner.plan(other, changes).undo(other, config).forEach(RouterTextFuzzTest::check);
        return plan.commands() + " " + plan.settled();
    }

    private static void check(ConfigCommand command) {
        command.check("run 1 " + command.shellText(), 1);
    }

    @Test
    void leases() {
        Fuzz.of("edgemax-leases", 2_000).run(input -> LeaseText.parse(text(input)));
    }

    @Test
    void neighbours() {
        Fuzz.of("edgemax-neighbours", 2_000).run(input -> LeasesAndNeighbours.neighbours(text(input)));
    }

    @Test
    void leaseFiles() {
        Fuzz.of("edgemax-lease-files", 3_000)
                .run(input -> List.of(LeaseFiles.dnsmasq(text(input)), LeaseFiles.isc(text(input))));
    }

    @Test
    void hostsFiles() {
        ActiveConfig config = ActiveConfig.parse(AFTER);
        ChangePlan plan = ChangePlanner.plan(
                config, Map.of(0, new RouterChange.RemoveRecord(config.records().getFirst())));
        assertThat(plan.edits()).hasSize(1);
        Fuzz.of("edgemax-hosts", 2_000).run(input -> RouterHealth.hostsFault(text(input), plan, config));
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
