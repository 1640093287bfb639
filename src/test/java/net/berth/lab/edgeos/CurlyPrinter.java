package net.berth.lab.edgeos;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Prints a tree with braces; inside a session as the difference between two trees, one sign before each line. */
final class CurlyPrinter {
    private final boolean signs;
    private final StringBuilder out = new StringBuilder();

    private CurlyPrinter(boolean signs) {
        this.signs = signs;
    }

    /** The whole below one place. */
    static String print(Node before, Node after, Template template, boolean signs) {
        CurlyPrinter printer = new CurlyPrinter(signs);
        printer.children(Optional.of(before), Optional.of(after), template, "", 0);
        return printer.out.toString();
    }

    private void children(Optional<Node> before, Optional<Node> after, Template template, String tag, int depth) {
        Set<String> names = template.kind() == Template.Kind.MULTI || template.kind() == Template.Kind.LEAF
                ? new LinkedHashSet<>()
                : new TreeSet<>(Naming.ORDER);
        before.ifPresent(node -> names.addAll(node.children().keySet()));
        after.ifPresent(node -> names.addAll(node.children().keySet()));
        for (String name : names) {
            child(
                    child(before, name),
                    child(after, name),
                    template.child(name).orElseGet(Template::new),
                    tag + name,
                    depth);
        }
    }

    private void child(Optional<Node> before, Optional<Node> after, Template template, String label, int depth) {
        switch (template.kind()) {
            case TAG -> children(before, after, template, label + " ", depth);
            case FLAG -> line(sign(before, after), depth, label);
            case LEAF -> {
                String old = value(before);
                String now = value(after);
                char sign = before.isPresent() && after.isPresent() && !old.equals(now) ? '>' : sign(before, after);
                line(sign, depth, label + " " + quote(after.isPresent() ? now : old));
            }
            case MULTI -> {
                Set<String> values = new LinkedHashSet<>();
                // What is gone comes before what is new.
                before.ifPresent(node -> values.addAll(node.children().keySet()));
                after.ifPresent(node -> values.addAll(node.children().keySet()));
                values.forEach(value ->
                        line(sign(child(before, value), child(after, value)), depth, label + " " + quote(value)));
            }
            case CONTAINER -> {
                char sign = sign(before, after);
                line(sign, depth, label + " {");
                children(before, after, template, "", depth + 1);
                line(sign, depth, "}");
            }
        }
    }

    private void line(char sign, int depth, String text) {
        if (signs) {
            out.append(sign);
        }
        out.append("    ".repeat(depth)).append(text).append('\n');
    }

    private static Optional<Node> child(Optional<Node> node, String name) {
        return node.map(present -> present.children().get(name));
    }

    private static String value(Optional<Node> leaf) {
        return leaf.flatMap(Node::value).orElse("");
    }

    private static char sign(Optional<Node> before, Optional<Node> after) {
        return before.isEmpty() ? '+' : after.isEmpty() ? '-' : ' ';
    }

    private static String quote(String value) {
        return value.matches("[^\\s{};]+") ? value : "\"" + value + "\"";
    }
}
