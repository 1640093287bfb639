package net.berth.http.json;

import org.jspecify.annotations.Nullable;

/** JSON says null where there is nothing; Berth's values say it with an empty text. */
final class Texts {
    private Texts() {}

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
