package net.berth.edgemax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.edgemax.Printed;
import net.berth.model.AddressRange;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading the router's config. */
class ActiveConfigTest {
    private static final String SUBNET = "set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 ";

    @Test
    void theRecordedConfigIsUnderstood() {
        ActiveConfig config = ActiveConfig.parse(recorded());

        assertThat(config.dnsmasq()).isFalse();
        assertThat(config.subnets())
                .containsExactly(new DhcpSubnet(
                        "LAN",
                        Prefix.parse("192.168.1.0/24"),
                        "",
                        List.of(AddressRange.parse("192.168.1.38-192.168.1.243"))));
        assertThat(config.mappings())
                .containsExactly(
                        new Mapping("LAN", "192.168.1.0/24", "a.b_c-1", "192.168.1.5", "AA:BB:CC:DD:EE:0F", false),
                        new Mapping("LAN", "192.168.1.0/24", "web1", "192.168.1.9", "bc:24:11:00:00:09", true));
        assertThat(config.records())
                .containsExactlyInAnyOrder(
                        host("e1h", List.of(), "10.1.1.2"),
                        host("e2h", List.of(), "10.1.1.3"),
                        host("multi.home.lan", List.of("multi"), "10.0.0.7", "fd00::7"),
                        new DnsRecord(DnsRecord.Kind.OPTION, "nas.lan", List.of("nas"), List.of("10.0.0.2")));
        assertThat(config.missing(Set.of("LAN"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "service dhcp-server disabled true",
        "service dhcp-server shared-network-name LAN disable",
        "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 disable"
    })
    void aSubnetThatIsSwitchedOffSaysByWhichLineAndMakesNoNames(String line) {
        ActiveConfig config =
                ActiveConfig.parse(SUBNET + "domain-name home.lan\nset service dhcp-server use-dnsmasq enable\n"
                        + "set service dhcp-server disabled false\nset " + line + "\n");

        assertThat(config.subnets())
                .containsExactly(new DhcpSubnet("LAN", Prefix.parse("192.168.1.0/24"), "", List.of(), line));
    }

    @Test
    void everyRecordedLinePrintsAsItWasRead() {
        ActiveConfig config = ActiveConfig.parse(recorded());

        String printed = config.lines().stream()
                .map(line -> Printed.line(line.words()) + "\n")
                .collect(Collectors.joining());

        assertThat(printed).isEqualTo(recorded());
    }

    @Test
    void anyWordsComeBackFromTheirPrintedLine() {
        Random random = new Random(20261120);
        for (int i = 0; i < 20_000; i++) {
            List<String> words = words(random);

            assertThat(ConfigLine.parse(Printed.line(words)))
                    .hasValueSatisfying(line -> assertThat(line.words()).isEqualTo(words));
        }
    }

    private static List<String> words(Random random) {
        List<String> words = new ArrayList<>();
        for (int count = 1 + random.nextInt(8); count > 0; count--) {
            StringBuilder word = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                int next = random.nextBoolean() ? 32 + random.nextInt(95) : random.nextInt(0xD800);
                word.appendCodePoint(next == '\'' || Character.isISOControl(next) ? '_' : next);
            }
            words.add(word.toString());
        }
        return words;
    }

    @Test
    void anyEntriesComeBackFromTheirPrintedConfigWhateverNoiseIsAroundIt() {
        Random random = new Random(20261121);
        for (int i = 0; i < 500; i++) {
            Set<Mapping> mappings = new LinkedHashSet<>();
            Set<DnsRecord> records = new LinkedHashSet<>();
            List<String> printed = new ArrayList<>();
            for (int net = 0; net < 1 + random.nextInt(3); net++) {
                for (int entry = random.nextInt(6); entry > 0; entry--) {
                    String name = "m" + net + "-" + entry + word(random);
                    Mapping mapping = new Mapping(
                            "NET" + net,
                            "10.0." + net + ".0/24",
                            name,
                            random.nextInt(8) == 0 ? "" : "10.0." + net + "." + (1 + random.nextInt(250)),
                            random.nextInt(8) == 0 ? "" : String.format("bc:24:11:00:%02X:%02x", net, entry),
                            random.nextInt(8) == 0);
                    mappings.add(mapping);
                    print(printed, Nodes.of(mapping), random);
                    leaf(printed, Nodes.of(mapping), "ip-address", mapping.addressText());
                    leaf(printed, Nodes.of(mapping), "mac-address", mapping.macText());
                    if (mapping.disabled()) {
                        leaf(printed, Nodes.of(mapping), "disable");
                    }
                    DnsRecord record =
                            host(name + ".lan", List.of(name, word(random)), "10.1.1." + entry, "fd00::" + net);
                    records.add(record);
                    record.aliases().forEach(alias -> leaf(printed, Nodes.of(record), "alias", alias));
                    record.addresses().forEach(inet -> leaf(printed, Nodes.of(record), "inet", inet));
                }
            }

            ActiveConfig config = ActiveConfig.parse(String.join("\n", printed) + "\n");

            assertThat(config.mappings()).containsExactlyInAnyOrderElementsOf(mappings);
            assertThat(config.records()).containsExactlyInAnyOrderElementsOf(records);
        }
    }

    /** The node itself, and what a terminal might have put before it. */
    private static void print(List<String> printed, List<String> node, Random random) {
        printed.add(List.of("berth@edge:~$ ", "[edit]", "--More--", "\u001b[K", "Welcome to EdgeOS", "", "\uFFFD\u0007")
                .get(random.nextInt(7)));
        printed.add(Printed.line(node));
    }

    private static void leaf(List<String> printed, List<String> node, String... more) {
        List<String> words = new ArrayList<>(node);
        words.addAll(List.of(more));
        if (!words.getLast().isEmpty()) {
            printed.add(Printed.line(words));
        }
    }

    private static String word(Random random) {
        return Integer.toString(random.nextInt(46_656), 36);
    }

    @Test
    void anyTextIsReadOrPassedOver() {
        Random random = new Random(7);
        String whole = recorded();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int edits = random.nextInt(20); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, (char) random.nextInt(256));
            }
            text.setLength(random.nextInt(text.length()));

            assertThat(ActiveConfig.parse(text.toString()).lines()).isNotNull();
        }
    }

    @Test
    void theSubnetsDomainWinsOverTheSystems() {
        String base = "set service dhcp-server use-dnsmasq enable\nset system domain-name lan\n" + SUBNET
                + "default-router 192.168.1.1\n";

        assertThat(ActiveConfig.parse(base).subnets())
                .extracting(DhcpSubnet::mappingDomain)
                .containsExactly("lan");
        assertThat(ActiveConfig.parse(base + SUBNET + "domain-name home.lan").subnets())
                .extracting(DhcpSubnet::mappingDomain)
                .containsExactly("home.lan");
    }

    @Test
    void halfMappingsAndOddRangesAreSeenWithoutGuessing() {
        ActiveConfig config = ActiveConfig.parse(SUBNET + "static-mapping half ip-address 192.168.1.7\n" + SUBNET
                + "static-mapping empty\n" + SUBNET + "start 192.168.1.9\n" + SUBNET
                + "start 192.168.1.90 stop 192.168.1.80\n");

        assertThat(config.mappings())
                .extracting(Mapping::name, Mapping::addressText, Mapping::macText)
                .containsExactly(tuple("half", "192.168.1.7", ""), tuple("empty", "", ""));
        assertThat(config.subnets().getFirst().ranges()).isEmpty();
    }

    @Test
    void noiseAroundTheLinesIsNotConfig() {
        ActiveConfig config = ActiveConfig.parse("""
                Welcome to EdgeOS\r
                \033[0m
                set
                set system host-name edge
                set system 'unfinished
                set a'b'
                # set system host-name x
                """);

        assertThat(config.lines()).extracting(ConfigLine::text).containsExactly("set system host-name edge");
    }

    @Test
    void aReadWithoutHostNameOrNetworkIsTorn() {
        assertThat(ActiveConfig.parse("").missing(Set.of())).hasValue("system host-name");
        assertThat(ActiveConfig.parse("set system host-name edge").missing(Set.of("LAN")))
                .hasValueSatisfying(what -> assertThat(what).contains("LAN"));
    }

    private static DnsRecord host(String name, List<String> aliases, String... addresses) {
        return new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name, aliases, List.of(addresses));
    }

    static String recorded() {
        try (var in = ActiveConfigTest.class.getResourceAsStream("/edgeos/recorded/read-formats.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .dropWhile(line -> !line.startsWith("--- cli-shell-api --show-active-only --show-commands"))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("--- "))
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
