package net.berth.http.json;

import java.time.Instant;
import net.berth.http.guard.Session;

/** What a request may do; {@code expires} is null for the token itself. */
public final class SessionJson {
    private SessionJson() {}

    public static Fields of(Session.Rights rights) {
        boolean ends = rights.expires().isBefore(Instant.MAX);
        return new Fields()
                .with("token", rights.token())
                .orNull("expires", ends ? rights.expires().toString() : "");
    }
}
