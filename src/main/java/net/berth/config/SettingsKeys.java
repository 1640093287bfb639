package net.berth.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a settings file says, by key, to find out what has changed in another reading of it.
 *
 * @param values key with its sections, such as {@code networks[0].vlan}, and its value; for the name of a file also a digest of
 *     what the file holds
 */
record SettingsKeys(SortedMap<String, String> values) {

    /** Those of a document. */
    static SettingsKeys of(Node document, Map<String, String> digests) {
        SortedMap<String, String> values = new TreeMap<>();
        collect(document, "", digests, values);
        return new SettingsKeys(values);
    }

    private static void collect(Node node, String key, Map<String, String> digests, Map<String, String> values) {
        switch (node) {
            case Node.Mapping mapping ->
                mapping.entries()
                        .forEach((name, entry) ->
                                collect(entry.value(), key.isEmpty() ? name : key + "." + name, digests, values));
            case Node.Sequence list
            when list.items().stream().anyMatch(Node.Mapping.class::isInstance) -> {
                for (int i = 0; i < list.items().size(); i++) {
                    collect(list.items().get(i), key + "[" + i + "]", digests, values);
                }
            }
            case Node.Sequence list ->
                values.put(key, list.items().stream().map(Node::kind).toList().toString());
            case Node.Scalar scalar ->
                values.put(
                        key,
                        scalar.text() + (key.endsWith("-file") ? " " + digests.getOrDefault(scalar.text(), "") : ""));
            case Node.Nothing nothing -> values.put(key, "");
        }
    }

    /** The keys that are only in one of the two, or have another value there; in order. */
    List<String> changedIn(SettingsKeys other) {
        Collection<String> all = new TreeSet<>(values.keySet());
        all.addAll(other.values.keySet());
        List<String> changed = new ArrayList<>(all);
        changed.removeIf(key -> Objects.equals(values.get(key), other.values.get(key)));
        return changed;
    }
}
