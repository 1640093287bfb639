package net.berth.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One section of the file while it is read. Each method remembers its key, so that {@link #finish} finds unknown keys. An
 * empty result means that a mistake has been recorded.
 */
final class Section {
    private final Node.Mapping node;
    private final int line;
    private final String path;
    private final Mistakes mistakes;
    private final Map<String, Boolean> asked = new LinkedHashMap<>();

    /** @param path its name with those of the sections around it; empty for the whole file */
    Section(Node.Mapping node, int line, String path, Mistakes mistakes) {
        this.node = node;
        this.line = line;
        this.path = path;
        this.mistakes = mistakes;
    }

    <T> Optional<T> required(String key, Form<T> form) {
        return has(key) ? scalar(key, form) : missing(key, form.allowed());
    }

    <T> Optional<T> optional(String key, T fallback, Form<T> form) {
        return has(key) ? scalar(key, form) : Optional.of(fallback);
    }

    /** A list with one item at least; a single value counts as a list of one where {@code lenient}. */
    <T> Optional<List<T>> requiredList(String key, Form<T> form, boolean lenient) {
        if (!has(key)) {
            return missing(key, "a list: " + form.allowed());
        }
        if (lenient && entry(key).value() instanceof Node.Scalar) {
            return scalar(key, form).map(List::of);
        }
        var items = list(key, form);
        if (items.isPresent() && items.get().isEmpty()) {
            return refuse(key, "found an empty list", "a list: " + form.allowed());
        }
        return items;
    }

    <T> Optional<List<T>> optionalList(String key, Form<T> form) {
        return has(key) ? list(key, form) : Optional.of(List.of());
    }

    /** The section under a key; empty when it is missing (which is noted) or is no section. */
    Optional<Section> section(String key, String what) {
        if (!has(key)) {
            return missing(key, what);
        }
        return child(entry(key).value(), line(key), name(key), what);
    }

    /** The section under a key; one without keys when it is missing. */
    Optional<Section> optionalSection(String key, String what) {
        if (has(key)) {
            return child(entry(key).value(), line(key), name(key), what);
        }
        return Optional.of(new Section(new Node.Mapping(line, Map.of()), line, name(key), mistakes));
    }

    /** The sections of a list with one at least. */
    List<Section> sections(String key, String what) {
        if (!has(key)) {
            missing(key, what);
            return List.of();
        }
        if (!(entry(key).value() instanceof Node.Sequence list) || list.items().isEmpty()) {
            refuse(key, "found " + (entry(key).value() instanceof Node.Sequence ? "an empty list" : kind(key)), what);
            return List.of();
        }
        var sections = new ArrayList<Section>();
        for (var item : list.items()) {
            child(item, item.line(), name(key) + "[" + sections.size() + "]", what)
                    .ifPresent(sections::add);
        }
        return sections;
    }

    /** The sections of a list; none when the key is missing. */
    List<Section> optionalSections(String key, String what) {
        return has(key) ? sections(key, what) : List.of();
    }

    /** Which one of several keys is given: exactly one must be. */
    Optional<String> oneOf(String first, String second) {
        return has(first) || has(second)
                ? atMostOneOf(first, second)
                : missing(first, "one of " + first + " and " + second);
    }

    /** The one of two keys that is there; empty when neither is, or both, which is a mistake. */
    Optional<String> atMostOneOf(String first, String second) {
        var hasFirst = has(first);
        var hasSecond = has(second);
        if (hasFirst && hasSecond) {
            var later = line(first) > line(second) ? first : second;
            var other = later.equals(first) ? second : first;
            return refuse(later, "found beside " + other, "only one of " + first + " and " + second);
        }
        return hasFirst ? Optional.of(first) : hasSecond ? Optional.of(second) : Optional.empty();
    }

    boolean has(String key) {
        asked.put(key, true);
        return node.entries().containsKey(key);
    }

    /** Records that the value of a key is wrong, alone or together with others. */
    <T> Optional<T> refuse(String key, String found, String allowed) {
        mistakes.add(line(key), name(key), found, allowed);
        return Optional.empty();
    }

    /** The value, if the file has no mistake so far. */
    <T> Optional<T> build(Supplier<T> value) {
        finish();
        return mistakes.none() ? Optional.of(value.get()) : Optional.empty();
    }

    int line(String key) {
        var entry = node.entries().get(key);
        return entry == null ? line : entry.line();
    }

    private void finish() {
        Set<String> known = asked.keySet();
        node.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                var hint = Mistakes.closest(key, known).map(word -> "did you mean " + word + "?");
                var allowed = hint.orElse("allowed here: " + String.join(", ", known));
                mistakes.add(entry.line(), name(Quote.bare(key)), "found an unknown key", allowed);
            }
        });
    }

    private <T> Optional<T> missing(String key, String allowed) {
        mistakes.add(line, name(key), "found nothing", allowed);
        return Optional.empty();
    }

    private <T> Optional<T> scalar(String key, Form<T> form) {
        return read(entry(key).value(), entry(key).line(), name(key), form);
    }

    private <T> Optional<List<T>> list(String key, Form<T> form) {
        if (!(entry(key).value() instanceof Node.Sequence list)) {
            return refuse(key, "found " + kind(key), "a list: " + form.allowed());
        }
        var values = new ArrayList<T>();
        for (var item : list.items()) {
            read(item, item.line(), name(key), form).ifPresent(values::add);
        }
        return values.size() == list.items().size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    private <T> Optional<T> read(Node value, int at, String name, Form<T> form) {
        if (!(value instanceof Node.Scalar scalar)) {
            mistakes.add(at, name, "found " + value.kind(), form.allowed());
            return Optional.empty();
        }
        try {
            return Optional.of(form.read().apply(scalar.text()));
        } catch (Form.Refused e) {
            mistakes.add(at, name, "found " + e.getMessage(), form.allowed());
            return Optional.empty();
        }
    }

    private Optional<Section> child(Node value, int at, String name, String what) {
        if (value instanceof Node.Mapping mapping) {
            return Optional.of(new Section(mapping, at, name, mistakes));
        }
        mistakes.add(at, name, "found " + value.kind(), what);
        return Optional.empty();
    }

    private Node.Entry entry(String key) {
        return Objects.requireNonNull(node.entries().get(key));
    }

    private String kind(String key) {
        return entry(key).value().kind();
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
