package net.berth.http.json;

import java.time.Instant;

/** What a request may do: {@code full} or {@code read}; {@code expires} is null for the token itself. */
public final class SessionJson {
    private SessionJson() {}

    public static Fields of(String token, Instant expires) {
        boolean ends = expires.isBefore(Instant.MAX);
        return new Fields().with("token", token).orNull("expires", ends ? expires.toString() : "");
    }
}
