package net.berth.lab.edgeos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the config system accepts at one place of the tree, read from {@code edgeos/templates.txt}. */
final class Template {
    /** What stands below. */
    enum Kind {
        CONTAINER,
        TAG,
        LEAF,
        MULTI,
        FLAG
    }

    private final Map<String, Template> children = new LinkedHashMap<>();
    private Kind kind = Kind.CONTAINER;
    private ValueType type = ValueType.TXT;
    private String preset = "";

    static Template load() {
        Template root = new Template();
        try (var in = Template.class.getResourceAsStream("/edgeos/templates.txt");
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(root::read);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return root;
    }

    private void read(String line) {
        String[] halves = line.split(" : ", 2);
        Template node = this;
        List<String> words = List.of(halves[0].split(" ", -1));
        boolean tag = words.getLast().equals("*");
        for (String word : tag ? words.subList(0, words.size() - 1) : words) {
            node = node.children.computeIfAbsent(word, w -> new Template());
        }
        String[] rule = halves[1].split(" ", -1);
        node.kind = Kind.valueOf(rule[0].toUpperCase(Locale.ROOT));
        if (rule.length > 1) {
            node.type = ValueType.valueOf(rule[1].toUpperCase(Locale.ROOT));
        }
        if (rule.length > 3) {
            node.preset = rule[3];
        }
        if (tag) {
            node.children.computeIfAbsent("*", w -> new Template());
        }
    }

    Kind kind() {
        return kind;
    }

    ValueType type() {
        return type;
    }

    /** The value in force where none is set; empty when there is none. */
    String preset() {
        return preset;
    }

    Map<String, Template> children() {
        return children;
    }

    Optional<Template> child(String word) {
        return Optional.ofNullable(kind == Kind.TAG ? children.get("*") : children.get(word));
    }

    boolean takesValue() {
        return kind == Kind.LEAF || kind == Kind.MULTI || kind == Kind.TAG;
    }
}
