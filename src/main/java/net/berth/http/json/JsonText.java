package net.berth.http.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.berth.engine.report.PassReport;
import net.berth.engine.status.EventLog;

/** Documents of the API, for callers without a receiver. */
public final class JsonText {
    private JsonText() {}

    /** An event of a cluster as in {@code GET /v1/events}: CloudEvents 1.0. */
    public static String event(String cluster, EventLog.Entry entry) {
        return text(EventJson.of(cluster, entry));
    }

    /** The event for a reader that has missed events. */
    public static String missed(String cluster, String id, Instant now) {
        return text(EventJson.missed(cluster, id, now));
    }

    /** A plan, exactly as {@code GET /v1/plan} answers it. */
    public static String plan(PassReport report) {
        return text(PassJson.plan(report));
    }

    private static String text(Object value) {
        return new String(JsonResponses.bytes(value), StandardCharsets.UTF_8);
    }
}
