package net.berth.http.json;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.berth.engine.report.Health;
import net.berth.engine.report.Health.Follower;

/** The health of Berth and its peers; {@code full} shows the texts of problems, which may name hosts and users. */
public record HealthJson(boolean full) {

    public Fields of(Health health) {
        return new Fields()
                .with("status", word(health.up()))
                .orNull("lastPass", time(health.lastPass()))
                .each("passes", health.passes(), HealthJson::pass)
                .each("peers", health.peers(), this::peer)
                .each("webhooks", health.webhooks(), this::webhook);
    }

    private static Fields pass(Health.PassHealth pass) {
        return new Fields().with("part", pass.part()).with("done", pass.done()).with("total", pass.total());
    }

    private Fields peer(Health.PeerHealth peer) {
        return new Fields()
                .with("name", peer.peer().word())
                .with("status", word(peer.up()))
                .orNull("lastSuccess", time(peer.lastSuccess()))
                .orNull("problem", shown(peer.problem()));
    }

    private Fields webhook(Follower follower) {
        return new Fields()
                .with("receiver", follower.title())
                .with("status", follower.stopped() ? "stopped" : word(follower.up()))
                .orNull("lastSuccess", time(follower.lastSuccess()))
                .orNull("problem", shown(follower.problem()))
                .with("waiting", follower.waiting());
    }

    private String shown(String text) {
        return text.isEmpty() || full ? text : "no usable answer";
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }

    private static String time(Instant instant) {
        return instant.equals(Instant.EPOCH)
                ? ""
                : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
