package net.berth.http.json;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import net.berth.engine.report.Health;
import net.berth.engine.report.Health.Follower;
import org.jspecify.annotations.Nullable;

/** How Berth and its peers are, on the wire; times are null before the first. */
public record HealthJson(
        String status,
        @Nullable String lastPass,
        List<PassJson> passes,
        List<PeerJson> peers,
        List<WebhookJson> webhooks) {

    record PassJson(String part, int done, int total) {}

    record PeerJson(
            String name,
            String status,
            @Nullable String lastSuccess,
            @Nullable String problem) {}

    record WebhookJson(
            String receiver,
            String status,
            @Nullable String lastSuccess,
            @Nullable String problem,
            long waiting) {

        static WebhookJson of(Follower follower, boolean full) {
            return new WebhookJson(
                    follower.title(),
                    follower.stopped() ? "stopped" : word(follower.up()),
                    time(follower.lastSuccess()),
                    shown(follower.problem(), full),
                    follower.waiting());
        }
    }

    /**
     * The health as JSON.
     *
     * @param full whether problems are shown with their full texts, which may name hosts and users
     */
    public static HealthJson of(Health health, boolean full) {
        return new HealthJson(
                word(health.up()),
                time(health.lastPass()),
                health.passes().stream()
                        .map(pass -> new PassJson(pass.part().toString(), pass.done(), pass.total()))
                        .toList(),
                health.peers().stream()
                        .map(peer -> new PeerJson(
                                peer.peer().name().toLowerCase(Locale.ROOT),
                                word(peer.up()),
                                time(peer.lastSuccess()),
                                shown(peer.problem(), full)))
                        .toList(),
                health.webhooks().stream()
                        .map(follower -> WebhookJson.of(follower, full))
                        .toList());
    }

    private static @Nullable String shown(String text, boolean full) {
        return text.isEmpty() || full ? Texts.orNull(text) : "no usable answer";
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
