package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The API's document as a judge of answers. An operation is named {@code GET /v1/guests/{vmid}}. */
public final class OpenApi {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head", "options");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode root;
    private final Map<String, JsonNode> operations = new TreeMap<>();

    private OpenApi(JsonNode root) {
        this.root = root;
        root.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation -> operations.put(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), operation.getValue())));
    }

    /** The document as the program has it. */
    public static OpenApi read() {
        try (InputStream file = OpenApi.class.getResourceAsStream("/page/openapi.yaml")) {
            return new OpenApi(new YAMLMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    Set<String> operations() {
        return operations.keySet();
    }

    /** Every answer that the document names, such as {@code GET /v1/plan 401}; the default for all others is none. */
    Set<String> answers() {
        Set<String> answers = new TreeSet<>();
        operations.forEach((name, operation) ->
                operation.path("responses").fieldNames().forEachRemaining(status -> answers.add(name + " " + status)));
        answers.removeIf(answer -> answer.endsWith(" default"));
        return answers;
    }

    /** The operation that a request is meant for. */
    String operation(String method, String target) {
        String path = target.replaceFirst("\\?.*", "");
        List<String> fitting = operations.keySet().stream()
                .filter(name -> {
                    String template = name.substring(name.indexOf(' ') + 1);
                    String pattern = Pattern.quote(template).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q");
                    return name.startsWith(method + " ") && path.matches(pattern);
                })
                .toList();
        assertThat(fitting).as("operations for %s %s", method, target).hasSize(1);
        return fitting.getFirst();
    }

    /** Judges an answer: its status or the default, its media type, its body. Answers what is wrong with it. */
    List<String> faults(String operation, int status, String contentType, String body) {
        JsonNode responses = operations.get(operation).path("responses");
        JsonNode response =
                resolved(responses.has("" + status) ? responses.path("" + status) : responses.path("default"));
        if (response.isMissingNode()) {
            return List.of(operation + " has no answer " + status);
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of(operation + " " + status + " has a body: " + body);
        }
        String media = contentType.replaceFirst(";.*", "");
        if (!content.has(media)) {
            return List.of(operation + " " + status + " has another media type: " + contentType);
        }
        JsonNode schema = content.path(media).path("schema");
        return media.endsWith("json") ? faults(schema, body) : List.of();
    }

    /** Judges a request's body. */
    List<String> requestFaults(String operation, String body) {
        return faults(
                operations
                        .get(operation)
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema"),
                body);
    }

    /** Judges a value by the schema of this name. */
    public List<String> faultsOf(String schema, String json) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        reference.put("$ref", "#/components/schemas/" + schema);
        return faults(reference, json);
    }

    private List<String> faults(JsonNode schema, String json) {
        ObjectNode whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", root.path("components"));
        try {
            return SCHEMAS.getSchema(whole).validate(JSON.readTree(json)).stream()
                    .map(Object::toString)
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of("no JSON: " + json);
        }
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : root.at(reference.substring(1));
    }
}
