package net.berth.lab.edgeos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Prints a tree as {@code set} commands, as {@code cli-shell-api --show-commands showConfig} does: defaults included. */
final class CommandsPrinter {
    private final Template templates;
    private final boolean presets;
    private final List<String> lines = new ArrayList<>();

    private CommandsPrinter(Template templates, boolean presets) {
        this.templates = templates;
        this.presets = presets;
    }

    static String print(Template templates, Node root, boolean presets) {
        CommandsPrinter printer = new CommandsPrinter(templates, presets);
        printer.children(root, Optional.of(templates), "set");
        return printer.lines.isEmpty() ? "" : String.join("\n", printer.lines) + "\n";
    }

    private void children(Node node, Optional<Template> template, String prefix) {
        boolean asEntered = template.isEmpty() || template.get().kind() == Template.Kind.MULTI;
        TreeSet<String> sorted = new TreeSet<>(Naming.ORDER);
        sorted.addAll(node.children().keySet());
        if (presets && template.isPresent() && template.get() != templates) {
            template.get().children().forEach((name, child) -> {
                if (!child.preset().isEmpty()) {
                    sorted.add(name);
                }
            });
        }
        for (String name : asEntered ? node.children().keySet() : sorted) {
            String line = prefix + " " + quote(name);
            Node child = node.children().get(name);
            Optional<Template> below = template.flatMap(t -> t.child(name));
            if (child == null) {
                lines.add(line + " " + quote(below.orElseThrow().preset()));
            } else if (child.children().isEmpty()) {
                lines.add(line);
            } else {
                children(child, below, line);
            }
        }
    }

    private static String quote(String word) {
        return word.matches("[-_a-zA-Z0-9./,=@%+]+") ? word : "'" + word + "'";
    }
}
