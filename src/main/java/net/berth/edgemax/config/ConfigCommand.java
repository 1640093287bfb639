package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One set or delete of the router's config. Only the shapes that Berth ever writes can be made; what a guest is called
 * cannot turn one into another.
 *
 * @param verb set or delete
 * @param path the words behind it
 */
public record ConfigCommand(Verb verb, List<String> path) {
    /** What it does. */
    public enum Verb {
        SET,
        DELETE;

        String word() {
            return this == SET ? "set" : "delete";
        }
    }

    /** Refuses every shape that is not in the grammar. */
    public ConfigCommand {
        path = List.copyOf(path);
        LineGrammar.check(verb, path);
    }

    public static ConfigCommand set(List<String> node, String... more) {
        return new ConfigCommand(Verb.SET, joined(node, more));
    }

    public static ConfigCommand delete(List<String> node, String... more) {
        return new ConfigCommand(Verb.DELETE, joined(node, more));
    }

    private static List<String> joined(List<String> node, String... more) {
        List<String> words = new ArrayList<>(node);
        words.addAll(List.of(more));
        return words;
    }

    /** As the shell gets it: every word in single quotes, which no value can hold. */
    public String shellText() {
        return "\"$W\" " + verb.word()
                + path.stream().map(word -> " '" + word + "'").collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return verb.word() + " " + String.join(" ", path);
    }
}
