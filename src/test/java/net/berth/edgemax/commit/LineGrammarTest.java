package net.berth.edgemax.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.berth.edgemax.Bench;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.Nodes;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may leave for the router. */
class LineGrammarTest {
    private static final List<String> MAPPING = Nodes.of(Bench.mapping("web", 20));
    private static final String CONFIG = """
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 default-router 192.168.1.1
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 domain-name home.lan
            set service dhcp-server use-dnsmasq enable
            set system host-name edge
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system static-host-mapping",
                "system static-host-mapping host-name",
                "system host-name",
                "service dhcp-server",
                "service dhcp-server shared-network-name LAN",
                "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24",
                "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping",
                "service dns forwarding options",
                "firewall",
                ""
            })
    void nothingAboveOneEntryCanBeDeleted(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> ConfigCommand.delete(List.of(path.split(" ", -1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "\"",
                "a'b",
                "$(reboot)'",
                "a\nb",
                "a\u0000b",
                "a b",
                "",
                "b\u00e4d",
                ";",
                "`id`",
                "a/b",
                "a\rb",
                ".",
                ".."
            })
    void noValueCanBeMoreThanAWord(String name) {
        Mapping odd = new Mapping("LAN", "192.168.1.0/24", name, "192.168.1.20", "bc:24:11:00:00:14", false);

        assertThatIllegalArgumentException().isThrownBy(() -> ConfigCommand.delete(Nodes.of(odd)));
        assertThatIllegalArgumentException().isThrownBy(() -> ConfigCommand.set(MAPPING, "ip-address", name));
        assertThatIllegalArgumentException().isThrownBy(() -> ConfigCommand.set(MAPPING, name, "x"));
    }

    @Test
    void oneWordDoesNotCountAsTwo() {
        List<String> joined = new ArrayList<>(MAPPING.subList(0, MAPPING.size() - 1));
        joined.add("web\u0000mac-address");
        joined.add("bc:24:11:00:00:14");

        assertThat(ConfigCommand.canSet(joined)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfigCommand(ConfigCommand.Verb.SET, joined));
    }

    @Test
    void aLineThatSaysSomethingElseThanItsCommandDoesNotLeave() {
        ConfigCommand command = ConfigCommand.set(MAPPING, "ip-address", "192.168.1.20");
        String line = "run 3 " + command.shellText();
        command.check(line, 3);

        for (String other : List.of(
                line.replace("set", "delete"),
                line.replace("192.168.1.20", "192.168.1.21"),
                line + " ",
                line + "; reboot",
                line.replace("run 3", "run 4"),
                line.replace("'web'", "web"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> command.check(other, 3));
        }
    }

    @Test
    void aHundredThousandNamesGiveTheExpectedWordsOrNoLine() {
        ActiveConfig config = ActiveConfig.parse(CONFIG);
        Random random = new Random(20261120);
        int sent = 0;
        for (int i = 0; i < 100_000; i++) {
            String name = name(random);
            RouterChange mapping =
                    Bench.put(new Mapping("LAN", "192.168.1.0/24", name, "192.168.1.20", "bc:24:11:00:00:14", false));
            RouterChange record = Bench.put(new DnsRecord(
                    DnsRecord.Kind.HOST_MAPPING, name + ".other.lan", List.of(), List.of("192.168.1.20")));
            for (ConfigCommand command :
                    ChangePlanner.plan(config, Map.of(0, mapping, 1, record)).commands()) {
                String line = "run 1 " + command.shellText();
                command.check(line, 1);
                assertThat(line.chars().filter(c -> c == '\'').count())
                        .isEqualTo(2L * command.path().size());
                assertThat(line).matches("[ -~]+");
                sent++;
            }
        }
        assertThat(sent).isPositive();
    }

    private static String name(Random random) {
        String alphabet =
                random.nextInt(4) == 0 ? "abcxyz019-" : "ab0-_.'\"$(){};&|<>`\\ \t\n\r\u0000\u00e4\u202e\uff07*?!#~/";
        StringBuilder name = new StringBuilder();
        for (int length = 1 + random.nextInt(12); length > 0; length--) {
            name.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return name.toString();
    }
}
