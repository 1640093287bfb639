package net.berth.model.row;

import java.util.Arrays;
import java.util.Locale;

/** NIPAP's three words for a prefix; Berth's use of them: running, stopped, destroyed. */
public enum RowStatus {
    ASSIGNED,
    RESERVED,
    QUARANTINE;

    /** The status with NIPAP's word; throws IllegalArgumentException for any other. */
    public static RowStatus of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + word + "\" is not a status of NIPAP: assigned, reserved or quarantine"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
