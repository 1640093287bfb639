package net.berth.lab.edgeos;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A part of the tree that is committed by itself, in the order of priorities. */
record Subtree(List<String> path) {
    static final Subtree HOSTS = new Subtree(List.of("system", "static-host-mapping"));
    static final Subtree DHCP = new Subtree(List.of("service", "dhcp-server"));
    static final Subtree DNS = new Subtree(List.of("service", "dns"));

    /** The subtrees that differ, first the one that is committed first. */
    static List<Subtree> changed(Node base, Node work) {
        Set<Subtree> all = new LinkedHashSet<>();
        for (Node tree : List.of(base, work)) {
            tree.children()
                    .forEach((top, node) ->
                            node.children().keySet().forEach(second -> all.add(new Subtree(List.of(top, second)))));
        }
        List<Subtree> last = List.of(HOSTS, DHCP, DNS);
        List<Subtree> order = new ArrayList<>(all);
        order.removeAll(last);
        last.stream().filter(all::contains).forEach(order::add);
        order.removeIf(subtree -> subtree.same(base, work));
        return order;
    }

    boolean same(Node left, Node right) {
        return left.has(path) == right.has(path)
                && left.at(path).orElseGet(Node::new).same(right.at(path).orElseGet(Node::new));
    }

    /**
     * What the session did to this part, done to the active tree: node by node, so that the last writer wins. A node that was
     * not there when the session began is opaque: what others have put below it since is deleted.
     */
    Node merged(Template templates, Node base, Node work, Node active) {
        Node result = active.copy();
        if (!work.has(path)) {
            result.remove(path);
            return result;
        }
        Template template =
                templates.child(path.get(0)).flatMap(t -> t.child(path.get(1))).orElseGet(Template::new);
        if (!base.has(path)) {
            result.remove(path);
        }
        merge(template, base.at(path).orElseGet(Node::new), work.at(path).orElseThrow(), result.make(path));
        return result;
    }

    private static void merge(Template template, Node base, Node work, Node target) {
        if (template.kind() == Template.Kind.LEAF && !base.same(work)) {
            target.children().clear();
        }
        for (String name : base.children().keySet()) {
            if (!work.children().containsKey(name)) {
                target.children().remove(name);
            }
        }
        work.children().forEach((name, child) -> {
            Node old = base.children().get(name);
            if (old == null) {
                target.children().remove(name);
                merge(template.child(name).orElseGet(Template::new), new Node(), child, target.make(List.of(name)));
            } else if (!old.same(child)) {
                merge(template.child(name).orElseGet(Template::new), old, child, target.make(List.of(name)));
            }
        });
    }

    /** The words of all paths that the session added or changed here. */
    Set<String> addedWords(Node base, Node work) {
        Set<String> words = new LinkedHashSet<>();
        collect(base.at(path).orElseGet(Node::new), work.at(path).orElseGet(Node::new), words);
        return words;
    }

    private static void collect(Node base, Node work, Set<String> words) {
        work.children().forEach((name, child) -> {
            Node old = base.children().get(name);
            if (old == null || !old.same(child)) {
                words.add(name);
                collect(old == null ? new Node() : old, child, words);
            }
        });
    }
}
