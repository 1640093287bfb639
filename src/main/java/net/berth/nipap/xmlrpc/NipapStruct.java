package net.berth.nipap.xmlrpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.nipap.xmlrpc.NipapException.Garbled;
import org.jspecify.annotations.Nullable;

/** A struct that NIPAP answered, with typed access: a missing, nil or foreign-typed member is never a surprise. */
public record NipapStruct(String method, Map<String, ? extends @Nullable Object> members) {
    /** The structs of a list answer; throws {@link Garbled} when it is none. */
    public static List<NipapStruct> list(String method, @Nullable Object answer) {
        if (!(answer instanceof List<?> items)) {
            throw new Garbled("NIPAP answered " + method + " with other than a list", null);
        }
        return items.stream().map(item -> of(method, item)).toList();
    }

    /** The struct of an answer; throws {@link Garbled} when it is none. */
    public static NipapStruct of(String method, @Nullable Object answer) {
        if (answer instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // PlainTypes makes no map with keys other than strings
            Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) map;
            return new NipapStruct(method, members);
        }
        throw new Garbled("NIPAP answered " + method + " with other than a struct", null);
    }

    /** A text that is there and not nil. */
    public Optional<String> text(String name) {
        return get(name, String.class);
    }

    /** A text; throws {@link Garbled} when it is missing. */
    public String needText(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** A number; throws {@link Garbled} when it is missing. */
    public int needNumber(String name) {
        return get(name, Integer.class).orElseThrow(() -> missing(name));
    }

    /** The texts of a list; empty when the member is missing or nil. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : get(name, List.class).orElse(List.of())) {
            if (!(item instanceof String text)) {
                throw wrong(name);
            }
            texts.add(text);
        }
        return texts;
    }

    /** Attribute-value pairs: a value may be nil in NIPAP. Empty when the member is missing or nil. */
    public Map<String, @Nullable String> pairs(String name) {
        Map<String, @Nullable String> pairs = new HashMap<>();
        Map<?, ?> found = get(name, Map.class).orElse(Map.of());
        for (Map.Entry<?, ?> pair : found.entrySet()) {
            if (!(pair.getKey() instanceof String key)
                    || !(pair.getValue() == null || pair.getValue() instanceof String)) {
                throw wrong(name);
            }
            pairs.put(key, (String) pair.getValue());
        }
        return Collections.unmodifiableMap(pairs);
    }

    /** Whether a text of it was cut, or holds characters that could not be read: what is written back would not be it. */
    public boolean isDamaged() {
        return isDamaged(members);
    }

    private static boolean isDamaged(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().anyMatch(NipapStruct::isDamaged)
                    || map.values().stream().anyMatch(NipapStruct::isDamaged);
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(NipapStruct::isDamaged);
        }
        return value instanceof String text && text.indexOf(ReadableText.REPLACED) >= 0;
    }

    private <T> Optional<T> get(String name, Class<T> type) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw wrong(name);
        }
        return Optional.of(type.cast(value));
    }

    private Garbled missing(String name) {
        return new Garbled("NIPAP's answer to " + method + " lacks " + name, null);
    }

    private Garbled wrong(String name) {
        return new Garbled("NIPAP's answer to " + method + " has a " + name + " of another type", null);
    }
}
