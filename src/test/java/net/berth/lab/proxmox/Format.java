package net.berth.lab.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A property-string format with the checks and the error texts of Proxmox's schema.
 *
 * @param checks for each key: the text of what is wrong with a value, empty when nothing is
 * @param required keys that must be there
 * @param defaultKey the key of a value without one, empty when there is none
 * @param aliases keys that stand for {@code aliasName=KEY,aliasValue=VALUE}
 * @param needs a key and the key it needs
 */
record Format(
        Map<String, Function<String, Optional<String>>> checks,
        Set<String> required,
        String defaultKey,
        Set<String> aliases,
        Map<String, String> needs) {

    /** A string that was refused; the message is Proxmox's text. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String text) {
            super(text);
        }
    }

    /** The fields of a string, or {@link Refused}. */
    Map<String, String> parse(String text, PveVersion version) {
        Map<String, String> fields = split(text);
        Map<String, String> errors = new TreeMap<>();
        fields.forEach((key, value) -> {
            Function<String, Optional<String>> check = checks.get(key);
            if (check == null) {
                errors.put(
                        key, "property is not defined in schema and the schema does not allow additional properties");
            } else {
                check.apply(value).ifPresent(error -> errors.put(key, error));
            }
        });
        for (String key : required) {
            if (!fields.containsKey(key)) {
                errors.put(key, "property is missing and it is not optional");
            }
        }
        needs.forEach((key, other) -> {
            if (fields.containsKey(key) && !fields.containsKey(other)) {
                errors.put(
                        other,
                        version.isEight()
                                ? "missing property - '" + key + "' requires this property"
                                : "missing property required by '" + key + "'");
            }
        });
        if (!errors.isEmpty()) {
            List<String> lines = new ArrayList<>(List.of("format error"));
            errors.forEach((key, error) -> lines.add(key + ": " + error));
            throw new Refused(String.join("\n", lines));
        }
        return fields;
    }

    private Map<String, String> split(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String token : text.split(",", -1)) {
            if (token.isEmpty()) {
                continue;
            }
            int equals = token.indexOf('=');
            if (equals == 0 || equals == token.length() - 1) {
                throw new Refused("missing key in comma-separated list property");
            }
            if (equals > 0) {
                put(fields, token.substring(0, equals), token.substring(equals + 1));
            } else if (defaultKey.isEmpty()) {
                throw new Refused("value without key, but schema does not define a default key");
            } else {
                add(fields, defaultKey, token);
            }
        }
        return fields;
    }

    private void put(Map<String, String> fields, String key, String value) {
        if (!aliases.contains(key)) {
            add(fields, key, value);
            return;
        }
        if (fields.containsKey("model")) {
            throw new Refused("key alias 'model' is already defined");
        }
        fields.put("model", key);
        add(fields, "macaddr", value);
    }

    private static void add(Map<String, String> fields, String key, String value) {
        if (fields.put(key, value) != null) {
            throw new Refused("duplicate key in comma-separated list property: " + key);
        }
    }
}
