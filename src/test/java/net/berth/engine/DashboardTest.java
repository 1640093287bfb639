package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard, the alert rules and the manual speak of metrics that there are. */
class DashboardTest {
    private static final Set<String> OF_PROMETHEUS = Set.of("up");
    private static final Set<String> WORDS = Set.of("by", "without", "ignoring", "time");
    private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? .*", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-z]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern SELECTOR = Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)\\s*\\{([^}]*)}");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*(?!\\w)(?!\\s*\\()");
    private static final Pattern ROW = Pattern.compile("^\\| `(berth_[a-z_]+)`", Pattern.MULTILINE);
    /** Labels whose values are known beforehand. */
    private static final Set<String> CLOSED = Set.of("state", "code", "peer", "route");

    private static ScrapedEngine berth;
    private static String text = "";

    @BeforeAll
    static void letSomethingHappen() {
        berth = new ScrapedEngine();
        berth.compute.add(GuestType.QEMU, 101, "web", new NicConfig.Dhcp());
        berth.engine.hook(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));
        berth.engine.sync(SyncOptions.PLAIN);
        berth.unsignedHook();
        text = berth.scrape();
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    @Test
    void everyPanelQueriesWhatThereIs() throws Exception {
        JsonNode dashboard =
                new ObjectMapper().readTree(Path.of("docs/grafana.json").toFile());
        List<String> queries = dashboard.findValuesAsText("expr");

        assertThat(queries).hasSizeGreaterThan(20).allSatisfy(DashboardTest::asksForWhatThereIs);
        assertThat(dashboard.get("panels").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void everyAlertAsksForWhatThereIs() throws Exception {
        JsonNode rules = new YAMLMapper().readTree(Path.of("docs/alerts.yaml").toFile());
        List<String> queries = rules.findValuesAsText("expr");

        assertThat(queries).hasSizeGreaterThan(10).allSatisfy(DashboardTest::asksForWhatThereIs);
    }

    @Test
    void theManualHasEveryMetricAndNoOther() throws IOException {
        String manual = Files.readString(Path.of("docs/operations.md"));
        Set<String> rows =
                ROW.matcher(manual).results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
        Set<String> families = Pattern.compile("^# TYPE (berth_[a-z_]+) ", Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(type -> type.group(1))
                .filter(name -> !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows).isEqualTo(families);
    }

    @Test
    void aMetricThatIsNotThereIsFound() {
        assertThat(unknown("sum(rate(berth_nothing_total[5m])) > 0")).containsExactly("berth_nothing_total");
        assertThat(unknown("berth_guests{state=\"happy\"}")).containsExactly("berth_guests{state=\"happy\"}");
        assertThat(unknown("berth_guests{colour=\"red\"}")).containsExactly("berth_guests{colour=\"red\"}");
        assertThat(unknown("sum by (flavour) (berth_guests)")).containsExactly("by (flavour)");
    }

    private static void asksForWhatThereIs(String query) {
        assertThat(unknown(query)).as(query).isEmpty();
    }

    /** The parts of a query that would find nothing. */
    private static Set<String> unknown(String query) {
        Set<String> parts = new TreeSet<>();
        String plain = query.replaceAll("\\[[^]]*]", "");
        SELECTOR.matcher(plain).results().forEach(selector -> LABEL.matcher(selector.group(2))
                .results()
                .filter(label -> !finds(selector.group(1), label))
                .forEach(label -> parts.add(selector.group(1) + "{" + label.group() + "}")));
        GROUPING.matcher(plain)
                .results()
                .filter(grouping -> !Stream.of(grouping.group(2).split("\\s*,\\s*", -1))
                        .allMatch(label -> label.equals("instance") || text.contains(label + "=\"")))
                .forEach(grouping -> parts.add(grouping.group()));
        String names = GROUPING.matcher(plain.replaceAll("\\{[^}]*}", "")).replaceAll(" ");
        NAME.matcher(names)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name) && !OF_PROMETHEUS.contains(name))
                .filter(name -> samples(name).isEmpty())
                .forEach(parts::add);
        return parts;
    }

    private static boolean finds(String metric, MatchResult label) {
        String name = label.group(1);
        if (name.equals("instance") || OF_PROMETHEUS.contains(metric)) {
            return true;
        }
        List<String> values = samples(metric).stream()
                .flatMap(labels -> LABEL.matcher(labels).results())
                .filter(one -> one.group(1).equals(name))
                .map(one -> one.group(3))
                .toList();
        boolean negative = label.group(2).startsWith("!");
        return !values.isEmpty()
                && (negative || !CLOSED.contains(name) || alternatives(label).allMatch(values::contains));
    }

    private static Stream<String> alternatives(MatchResult label) {
        return Stream.of(label.group(2).equals("=~") ? label.group(3).split("\\|", -1) : new String[] {label.group(3)});
    }

    /** The labels of each sample of a metric. */
    private static List<String> samples(String metric) {
        return SAMPLE.matcher(text)
                .results()
                .filter(sample -> sample.group(1).equals(metric))
                .map(sample -> sample.group(2) == null ? "" : sample.group(2))
                .toList();
    }
}
