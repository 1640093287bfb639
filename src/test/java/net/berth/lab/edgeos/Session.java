package net.berth.lab.edgeos;

import java.util.List;
import java.util.Optional;

/** One config session: what was active when it began or last committed, and what it wants. Outlives its connection. */
final class Session {
    private final Template templates;
    private Node base;
    private Node work;
    private boolean touched;

    Session(Template templates, Node active) {
        this.templates = templates;
        base = active.copy();
        work = active.copy();
    }

    Node base() {
        return base;
    }

    Node work() {
        return work;
    }

    /** True after any set or delete, even if together they change nothing. */
    boolean touched() {
        return touched;
    }

    void restart(Node active) {
        base = active.copy();
        work = active.copy();
        touched = false;
    }

    Answer set(List<String> path) {
        if (path.isEmpty()) {
            return Answer.fail("Need to specify the config node to set\nSet failed\n");
        }
        Optional<String> refusal = refusal(path);
        if (refusal.isPresent()) {
            return Answer.fail(refusal.get() + "Set failed\n");
        }
        if (work.has(path)) {
            return Answer.ok("The specified configuration node already exists\n");
        }
        if (kindAbove(path) == Template.Kind.LEAF) {
            work.remove(path.subList(0, path.size() - 1));
        }
        work.make(path);
        touched = true;
        return Answer.OK;
    }

    Answer delete(List<String> path) {
        if (path.isEmpty() || !known(path)) {
            return Answer.fail("The specified configuration node is not valid\nDelete failed\n");
        }
        Template.Kind above = kindAbove(path);
        if (!work.has(path)) {
            boolean value = above == Template.Kind.LEAF || above == Template.Kind.MULTI;
            return Answer.ok("Nothing to delete (the specified " + (value ? "value" : "node") + " does not exist)\n");
        }
        work.remove(path);
        List<String> parent = path.subList(0, path.size() - 1);
        // A container stays when its last child goes; what names or holds values does not.
        if (above != Template.Kind.CONTAINER
                && work.at(parent).orElseThrow().children().isEmpty()) {
            work.remove(parent);
        }
        touched = true;
        return Answer.OK;
    }

    private Optional<String> refusal(List<String> path) {
        Template template = templates;
        for (String word : path) {
            if (template.takesValue()) {
                Optional<String> bad = template.type().refuse(word);
                if (bad.isPresent()) {
                    return Optional.of(bad.get() + "Value validation failed\n");
                }
            }
            Optional<Template> next = template.child(word);
            boolean value = template.kind() == Template.Kind.LEAF || template.kind() == Template.Kind.MULTI;
            if (next.isEmpty() && !value) {
                return Optional.of("The specified configuration node is not valid\n");
            }
            template = next.orElseGet(Template::new);
        }
        return template.takesValue()
                ? Optional.of("The specified configuration node requires a value\n")
                : Optional.empty();
    }

    private boolean known(List<String> path) {
        Template template = templates;
        for (String word : path) {
            boolean value = template.kind() == Template.Kind.LEAF || template.kind() == Template.Kind.MULTI;
            Optional<Template> next = template.child(word);
            if (next.isEmpty() && !value) {
                return false;
            }
            template = next.orElseGet(Template::new);
        }
        return true;
    }

    private Template.Kind kindAbove(List<String> path) {
        Template template = templates;
        for (String word : path.subList(0, path.size() - 1)) {
            template = template.child(word).orElseGet(Template::new);
        }
        return template.kind();
    }
}
