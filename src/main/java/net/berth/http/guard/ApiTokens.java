package net.berth.http.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.berth.security.Secret;

/** The API's tokens, by what they allow. */
public final class ApiTokens {
    private final Map<Access, String> texts = new EnumMap<>(Access.class);

    /**
     * Those of the settings.
     *
     * @param read the token that may only read; none, or one
     */
    public ApiTokens(Secret full, List<Secret> read) {
        texts.put(Access.FULL, full.reveal());
        read.forEach(token -> texts.put(Access.READ, token.reveal()));
    }

    /** What a token allows. */
    public enum Access {
        FULL,
        READ;

        /** Its name in a session and in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Access> of(String word) {
            return Arrays.stream(values())
                    .filter(access -> access.word().equals(word))
                    .findFirst();
        }
    }

    /** What a shown token allows; empty for any other text. It takes as long for each text of the same length. */
    Optional<Access> accessOf(String shown) {
        byte[] given = shown.getBytes(StandardCharsets.UTF_8);
        Optional<Access> found = Optional.empty();
        for (Map.Entry<Access, String> one : texts.entrySet()) {
            if (MessageDigest.isEqual(one.getValue().getBytes(StandardCharsets.UTF_8), given)) {
                found = Optional.of(one.getKey());
            }
        }
        return found;
    }

    /** The token itself; empty if the settings have none of this kind. */
    Optional<String> text(Access access) {
        return Optional.ofNullable(texts.get(access));
    }

    /** All of them; the full one first. */
    List<String> all() {
        return List.copyOf(texts.values());
    }
}
