package net.berth.lab.edgeos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node of a config tree: every word of a path is a node, values too. Mutable; guarded by its owner. */
final class Node {
    private final Map<String, Node> children = new LinkedHashMap<>();

    Map<String, Node> children() {
        return children;
    }

    Optional<Node> at(List<String> path) {
        Node node = this;
        for (String word : path) {
            Node next = node.children.get(word);
            if (next == null) {
                return Optional.empty();
            }
            node = next;
        }
        return Optional.of(node);
    }

    boolean has(List<String> path) {
        return at(path).isPresent();
    }

    Node make(List<String> path) {
        Node node = this;
        for (String word : path) {
            node = node.children.computeIfAbsent(word, w -> new Node());
        }
        return node;
    }

    boolean remove(List<String> path) {
        return at(path.subList(0, path.size() - 1))
                .map(parent -> parent.children.remove(path.getLast()) != null)
                .orElse(false);
    }

    /** The only child's name; empty when there is none. */
    Optional<String> value(String... path) {
        return at(List.of(path)).flatMap(node -> node.children.keySet().stream().findFirst());
    }

    List<String> names(String... path) {
        return at(List.of(path))
                .map(node -> List.copyOf(node.children.keySet()))
                .orElse(List.of());
    }

    /** Puts a copy of another tree's node at the path, or removes it where the other has none. */
    void copyFrom(Node other, List<String> path) {
        Optional<Node> source = other.at(path);
        if (source.isEmpty()) {
            remove(path);
            return;
        }
        if (path.isEmpty()) {
            children.clear();
            children.putAll(source.get().copy().children);
            return;
        }
        make(path.subList(0, path.size() - 1))
                .children
                .put(path.getLast(), source.get().copy());
    }

    Node copy() {
        Node copy = new Node();
        children.forEach((name, child) -> copy.children.put(name, child.copy()));
        return copy;
    }

    boolean same(Node other) {
        if (!children.keySet().equals(other.children.keySet())) {
            return false;
        }
        return children.entrySet().stream()
                .allMatch(entry -> entry.getValue().same(other.children.get(entry.getKey())));
    }

    static List<String> join(List<String> path, String word) {
        List<String> longer = new ArrayList<>(path);
        longer.add(word);
        return longer;
    }
}
