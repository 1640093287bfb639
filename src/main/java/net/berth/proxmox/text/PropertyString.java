package net.berth.proxmox.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A comma-separated property string of a Proxmox config ({@code netN}, {@code ipconfigN}), token by token.
 *
 * <p>There is no quoting: tokens end at a comma, a key at its first equals sign, a token without one belongs to the
 * default key (pve-common {@code PVE::JSONSchema::parse_property_string}). Tokens are kept as they were found, empty
 * ones too, so what is not replaced prints back byte for byte.
 */
final class PropertyString {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]*");

    private final List<String> tokens;
    private final Map<String, Integer> places;
    private final String defaultKey;

    private PropertyString(List<String> tokens, Map<String, Integer> places, String defaultKey) {
        this.tokens = List.copyOf(tokens);
        this.places = Map.copyOf(places);
        this.defaultKey = defaultKey;
    }

    /**
     * Splits a string.
     *
     * @param defaultKey the key of a token without an equals sign; empty when the format has none
     * @throws ConfigTextException for a key without value, a value without key, a key that is there twice
     */
    static PropertyString parse(String text, String defaultKey) {
        List<String> tokens = text.isEmpty() ? List.of() : List.of(text.split(",", -1));
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (token.isEmpty()) {
                continue;
            }
            String key = key(text, token, defaultKey);
            if (places.put(key, i) != null) {
                throw new ConfigTextException(text, "the key " + key + " is there twice");
            }
        }
        return new PropertyString(tokens, places, defaultKey);
    }

    private static String key(String text, String token, String defaultKey) {
        int equals = token.indexOf('=');
        if (equals == 0 || equals == token.length() - 1) {
            throw new ConfigTextException(text, "\"" + token + "\" is no key=value");
        }
        if (equals < 0 && defaultKey.isEmpty()) {
            throw new ConfigTextException(text, "\"" + token + "\" has no key");
        }
        String key = equals < 0 ? defaultKey : token.substring(0, equals);
        if (!KEY.matcher(key).matches()) {
            throw new ConfigTextException(text, "\"" + key + "\" is no key: lower-case letters, digits, hyphens");
        }
        return key;
    }

    Optional<String> get(String key) {
        Integer place = places.get(key);
        if (place == null) {
            return Optional.empty();
        }
        String token = tokens.get(place);
        return Optional.of(token.substring(token.indexOf('=') + 1));
    }

    /** Throws {@link ConfigTextException} if the key has a value other than expected. */
    void require(String key, Predicate<String> isGood, String expected) {
        get(key).filter(isGood.negate()).ifPresent(value -> {
            throw new ConfigTextException(toString(), key + "=" + value + " is not " + expected);
        });
    }

    Set<String> keys() {
        return places.keySet();
    }

    /** This string with the key's token replaced in its place, or added behind the last token. */
    PropertyString with(String key, String value) {
        List<String> changed = new ArrayList<>(tokens);
        Integer place = places.get(key);
        if (place != null) {
            changed.set(place, key + "=" + value);
        } else {
            changed.add(endOfTokens(), key + "=" + value);
        }
        return parse(String.join(",", changed), defaultKey);
    }

    /** This string without the key's token. */
    PropertyString without(String key) {
        Integer place = places.get(key);
        if (place == null) {
            return this;
        }
        List<String> left = new ArrayList<>(tokens);
        left.remove(place.intValue());
        return parse(String.join(",", left), defaultKey);
    }

    private int endOfTokens() {
        int end = tokens.size();
        while (end > 0 && tokens.get(end - 1).isEmpty()) {
            end--;
        }
        return end;
    }

    @Override
    public String toString() {
        return String.join(",", tokens);
    }
}
