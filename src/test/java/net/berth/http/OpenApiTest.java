package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.berth.engine.port.Peer;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.status.Event;
import net.berth.engine.status.EventLog;
import net.berth.http.json.EventJson;
import net.berth.plan.ConflictCode;
import net.berth.plan.address.AddressState;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API does is what its document says: every route, every answer, every word. */
class OpenApiTest {
    private static final OpenApi API = OpenApi.read();

    @Test
    void theDocumentHasExactlyTheRoutesThatTheReceiverRegisters() {
        Set<String> routes = RegisteredRoutes.of(rules -> Receiver.routes(
                rules,
                Bench.settings(),
                new FakeBerth(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Clock.systemUTC(),
                new EventRoutes(new EventLog(Clock.systemUTC()), "home", Clock.systemUTC(), Limits.DEFAULT)));
        Set<String> templates = routes.stream()
                .map(route -> route.replaceFirst("^GET /page/[a-z.]+$", "GET /page/{file}"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(templates).hasSizeGreaterThan(15).isEqualTo(API.operations());
    }

    static Stream<EveryAnswer> answers() {
        return EveryAnswer.all().stream();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyAnswerIsAsTheDocumentSays(EveryAnswer call) {
        try (Bench bench = new Bench(Bench.tight(16))) {
            EveryAnswer.Answer answer = call.ask(bench);
            assertThat(answer.status()).as(answer.body()).isEqualTo(call.status());
            String operation = API.operation(call.documented(), call.target());
            assertThat(API.faults(operation, answer.status(), answer.contentType(), answer.body()))
                    .as(answer.body())
                    .isEmpty();
            if (call.target().equals("/v1/events") && answer.status() == 200) {
                assertThat(answer.body().lines().filter(line -> line.startsWith("data:")))
                        .hasSizeGreaterThanOrEqualTo(2)
                        .allSatisfy(line -> assertThat(API.faultsOf("Event", line.substring("data:".length())))
                                .isEmpty());
            }
        }
    }

    @Test
    void everyAnswerOfTheDocumentIsAskedFor() {
        Set<String> asked = answers()
                .filter(call -> call.status() != 405)
                .map(call -> API.operation(call.documented(), call.target()) + " " + call.status())
                .collect(Collectors.toCollection(TreeSet::new));
        asked.removeIf(answer -> answer.endsWith(" 500"));
        assertThat(asked).isEqualTo(API.answers());
    }

    @Test
    void aHooksBodyIsAsTheDocumentSays() {
        String operation = "POST /v1/hooks/guest";
        for (String phase : Set.of("pre-start", "post-start", "pre-stop", "post-stop")) {
            assertThat(API.requestFaults(operation, HookCall.phase(phase).sent()))
                    .isEmpty();
        }
        assertThat(API.requestFaults(operation, "{\"type\":\"guest.pre-start\"}"))
                .isNotEmpty();
    }

    @Test
    void theDocumentsWordsAreTheProgramsWords() {
        assertThat(words("ConflictCode")).isEqualTo(names(ConflictCode.values(), Enum::name));
        assertThat(words("Mark")).isEqualTo(names(EntryState.values(), EntryState::toString));
        assertThat(words("AddressState")).isEqualTo(names(AddressState.values(), AddressState::toString));
        assertThat(words("System")).isEqualTo(names(Peer.values(), Peer::word));
        assertThat(strings(schema("Guest").at("/properties/state/enum")))
                .isEqualTo(names(GuestState.values(), GuestState::toString));
        assertThat(strings(schema("Lease").at("/properties/source/enum")))
                .isEqualTo(names(LeaseReport.Source.values(), LeaseReport.Source::toString));
    }

    @Test
    void everyEventHasItsSchemaAndNoOtherFitsIt() {
        Set<String> fits = new TreeSet<>();
        for (EventLog.Entry entry : EveryEvent.entries()) {
            String json = new EventJson("home").of(entry);
            assertThat(API.faultsOf("Event", json)).as(json).isEmpty();
            assertThat(API.faultsOf("Event", json.replace("\"data\":{", "\"data\":{\"more\":1,")))
                    .as("the data of %s is described whole", entry.event().type())
                    .isNotEmpty();
            fits.add(entry.event().type());
        }
        fits.add("events.missed");
        assertThat(strings(schema("Event").at("/properties/type/enum"))).isEqualTo(fits);
    }

    @Test
    void noKindOfEventIsForgotten() {
        Predicate<Class<?>> told = kind -> EveryEvent.entries().stream()
                .anyMatch(entry -> entry.event().getClass().equals(kind));
        assertThat(Event.class.getPermittedSubclasses()).allMatch(told);
    }

    @Test
    void theManualListsEveryRoute() throws IOException {
        Pattern row = Pattern.compile("^\\| `([A-Z]+ /[^`]*)` \\|", Pattern.MULTILINE);
        String manual = Files.readString(Path.of("docs/api.md"));
        assertThat(row.matcher(manual).results().map(match -> match.group(1)).collect(Collectors.toSet()))
                .isEqualTo(API.operations());
    }

    private static JsonNode schema(String name) {
        return API.root().path("components").path("schemas").path(name);
    }

    private static Set<String> words(String schema) {
        return strings(schema(schema).path("enum"));
    }

    private static Set<String> strings(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <E> Set<String> names(E[] values, java.util.function.Function<E, String> word) {
        return Arrays.stream(values).map(word).collect(Collectors.toCollection(TreeSet::new));
    }
}
