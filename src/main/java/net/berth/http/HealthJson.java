package net.berth.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import net.berth.engine.Health;
import org.jspecify.annotations.Nullable;

/** How Berth and its peers are, on the wire; times are null before the first. */
record HealthJson(String status, @Nullable String lastPass, List<PeerJson> peers) {

    record PeerJson(
            String name,
            String status,
            @Nullable String lastSuccess,
            @Nullable String problem) {}

    static HealthJson of(Health health) {
        return new HealthJson(
                word(health.up()),
                time(health.lastPass()),
                health.peers().stream()
                        .map(peer -> new PeerJson(
                                peer.peer().name().toLowerCase(Locale.ROOT),
                                word(peer.up()),
                                time(peer.lastSuccess()),
                                Texts.orNull(peer.problem())))
                        .toList());
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }

    private static @Nullable String time(Instant instant) {
        return instant.equals(Instant.EPOCH)
                ? null
                : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
