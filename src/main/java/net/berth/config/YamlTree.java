package net.berth.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a YAML document into {@link Node}s that keep their lines. Anchors, aliases and tags are refused, so that a
 * document cannot grow while it is read; the depth is limited.
 */
final class YamlTree {
    /** The settings are four levels deep. */
    private static final int DEEPEST = 12;

    private final YAMLParser parser;
    private final Mistakes mistakes;

    private YamlTree(YAMLParser parser, Mistakes mistakes) {
        this.parser = parser;
        this.mistakes = mistakes;
    }

    /** The document's value; what is wrong goes to the mistakes. */
    static Node read(String text, Mistakes mistakes) {
        var factory = YAMLFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .build();
        try (YAMLParser parser = factory.createParser(text)) {
            return new YamlTree(parser, mistakes).document();
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            mistakes.add(mark == null ? 1 : mark.getLine() + 1, "YAML", Quote.bare(e.getProblem()), "valid YAML");
        } catch (JsonProcessingException e) {
            addProblem(e, mistakes);
        } catch (IOException e) {
            mistakes.add(1, "YAML", "the text cannot be read", "valid YAML");
        }
        return new Node.Nothing(1);
    }

    /** Jackson's own message quotes the document, which is more than a message should show. */
    private static void addProblem(JsonProcessingException e, Mistakes mistakes) {
        var line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            mistakes.add(marked.getProblemMark().getLine() + 1, "YAML", Quote.bare(marked.getProblem()), "valid YAML");
        } else {
            var what = e instanceof JsonParseException ? "found what is not YAML" : "found sections nested too deep";
            mistakes.add(line, "YAML", what, "valid YAML");
        }
    }

    private Node document() throws IOException {
        var first = parser.nextToken();
        if (first == null) {
            return new Node.Nothing(1);
        }
        var root = value(first);
        if (parser.nextToken() != null) {
            mistakes.add(line(), "YAML", "found a second document", "one document in the file");
        }
        return root;
    }

    private Node value(JsonToken token) throws IOException {
        var line = line();
        refuseReferences(line);
        return switch (token) {
            case START_OBJECT -> mapping(line);
            case START_ARRAY -> sequence(line);
            case VALUE_NULL -> new Node.Nothing(line);
            default -> {
                var text = parser.getText();
                yield text.isEmpty() ? new Node.Nothing(line) : new Node.Scalar(line, text);
            }
        };
    }

    private void refuseReferences(int line) throws IOException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            mistakes.add(line, "YAML", "found an anchor or an alias", "every value written out");
        }
        if (parser.getTypeId() != null) {
            mistakes.add(line, "YAML", "found a tag", "values without tags");
        }
    }

    private Node sequence(int line) throws IOException {
        var items = new ArrayList<Node>();
        for (var token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            items.add(value(token));
        }
        return new Node.Sequence(line, items);
    }

    private Node mapping(int line) throws IOException {
        var entries = new LinkedHashMap<String, Node.Entry>();
        for (var token = parser.nextToken();
                token != null && token != JsonToken.END_OBJECT;
                token = parser.nextToken()) {
            var key = parser.currentName();
            var keyLine = line();
            var entry = new Node.Entry(keyLine, value(parser.nextToken()));
            var first = entries.putIfAbsent(key, entry);
            if (first != null) {
                mistakes.add(keyLine, Quote.bare(key), "found again, first on line " + first.line(), "each key once");
            }
        }
        return new Node.Mapping(line, entries);
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }
}
