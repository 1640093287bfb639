package net.berth.edgemax.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words of the config's lines as a tree, in the order of the lines. */
final class ConfigTree {
    private static final ConfigTree NOTHING = new ConfigTree();

    /** Most nodes are leaves: these have no map of their own. */
    private Map<String, ConfigTree> children = Map.of();

    /** Adds the nodes of a line, and answers how many of them are new. */
    int add(List<String> words) {
        ConfigTree node = this;
        int added = 0;
        for (String word : words) {
            if (node.children.isEmpty()) {
                node.children = new LinkedHashMap<>(4);
            }
            ConfigTree child = node.children.get(word);
            if (child == null) {
                child = new ConfigTree();
                node.children.put(word, child);
                added++;
            }
            node = child;
        }
        return added;
    }

    /** The node at a path; one without children where there is none. */
    ConfigTree at(List<String> path) {
        ConfigTree node = this;
        for (String word : path) {
            node = node.children.getOrDefault(word, NOTHING);
        }
        return node;
    }

    /** The children of a child. */
    Map<String, ConfigTree> below(String child) {
        return Collections.unmodifiableMap(at(List.of(child)).children);
    }

    boolean has(String child) {
        return children.containsKey(child);
    }

    /** The values of a leaf. */
    List<String> values(String leaf) {
        return below(leaf).entrySet().stream()
                .filter(child -> child.getValue().children.isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The value of a leaf; empty when it has none. */
    String value(String leaf) {
        return values(leaf).stream().findFirst().orElse("");
    }
}
