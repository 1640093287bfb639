package net.berth.http.json;

import java.time.Instant;
import net.berth.engine.status.Event;
import net.berth.engine.status.EventLog;
import net.berth.model.NicId;

/**
 * Events of a cluster in the API and in webhooks: CloudEvents 1.0, structured JSON.
 *
 * @param cluster its name; {@code /berth/CLUSTER} is the source, so that one reader can follow several clusters. Ids differ
 *     after each restart of a receiver, so id and source together are unique
 */
public record EventJson(String cluster) {
    /** The type of the event for a reader that has missed events. */
    public static final String MISSED = "events.missed";

    public String of(EventLog.Entry entry) {
        Event event = entry.event();
        return of(entry.id(), event.type(), event.subject(), entry.time(), data(event));
    }

    /** For a reader whose last event is no longer kept. */
    public String missed(String id, Instant now) {
        String reason = "the last event that you received is no longer kept; read the current state";
        return of(id, MISSED, "events", now, new Fields().with("reason", reason));
    }

    private String of(String id, String type, String subject, Instant time, Fields data) {
        return Json.text(new Fields()
                .with("specversion", "1.0")
                .with("id", id)
                // The settings allow only characters of a URI.
                .with("source", "/berth/" + cluster)
                .with("type", type)
                .with("subject", subject)
                .time("time", time)
                .with("datacontenttype", "application/json")
                .with("data", data));
    }

    private static Fields data(Event event) {
        Fields data = new Fields();
        return switch (event) {
            case Event.GuestSettled it ->
                data.with("guest", it.guest()).orNull("name", it.name()).with("addresses", it.addresses());
            case Event.GuestConflict it ->
                data.with("guest", it.guest())
                        .orNull("name", it.name())
                        .with("conflicts", GuestJson.conflicts(it.conflicts()));
            case Event.AddressClaimed it -> nic(data.with("address", it.address()), it.nic(), it.reason());
            case Event.AddressReleased it -> nic(data.with("address", it.address()), it.nic(), it.reason());
            case Event.RouterCommitted it -> data.with("commits", it.commits()).with("changes", it.changes());
            case Event.DriftMended it ->
                data.with("guest", it.nic().guest())
                        .with("nic", it.nic().name())
                        .with("action", it.action())
                        .with("reason", it.reason());
            case Event.SystemDown it -> data.with("system", it.subject()).with("problem", it.problem());
            case Event.SystemUp it -> data.with("system", it.subject());
            case Event.WebhookDown it -> data.with("receiver", it.receiver()).with("problem", it.problem());
            case Event.WebhookUp it -> data.with("receiver", it.receiver());
        };
    }

    private static Fields nic(Fields data, NicId nic, String reason) {
        return data.with("guest", nic.guest()).with("nic", nic.name()).with("reason", reason);
    }
}
