package net.berth.http.json;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.berth.engine.status.Event;
import net.berth.engine.status.EventLog;
import net.berth.model.NicId;
import org.jspecify.annotations.Nullable;

/**
 * An event in the API: CloudEvents 1.0, structured JSON.
 *
 * @param source {@code /berth/CLUSTER}, so that one reader can follow several clusters; the settings allow only characters
 *     of a URI. Ids differ after each restart of a receiver, so id and source together are unique
 */
public record EventJson(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        String time,
        String datacontenttype,
        Object data) {

    record SettledData(String guest, @Nullable String name, List<String> addresses) {}

    record ConflictData(String guest, @Nullable String name, List<ConflictJson> conflicts) {}

    record AddressData(String address, String guest, String nic, String reason) {}

    record CommittedData(int commits, int changes) {}

    record MendedData(String guest, String nic, String action, String reason) {}

    record DownData(String system, String problem) {}

    record UpData(String system) {}

    record WebhookDownData(String receiver, String problem) {}

    record WebhookUpData(String receiver) {}

    record MissedData(String reason) {}

    public static EventJson of(String cluster, EventLog.Entry entry) {
        Event event = entry.event();
        return of(cluster, entry.id(), event.type(), event.subject(), entry.time(), data(event));
    }

    /** For a reader whose last event is no longer kept. */
    public static EventJson missed(String cluster, Instant now) {
        return missed(cluster, "missed-" + now.toEpochMilli(), now);
    }

    static EventJson missed(String cluster, String id, Instant now) {
        return of(
                cluster,
                id,
                "events.missed",
                "events",
                now,
                new MissedData("the last event that you received is no longer kept; read the current state"));
    }

    private static EventJson of(String cluster, String id, String type, String subject, Instant time, Object data) {
        return new EventJson(
                "1.0",
                id,
                "/berth/" + cluster,
                type,
                subject,
                time.truncatedTo(ChronoUnit.MILLIS).toString(),
                "application/json",
                data);
    }

    private static Object data(Event event) {
        return switch (event) {
            case Event.GuestSettled it ->
                new SettledData(it.guest().toString(), Texts.orNull(it.name()), it.addresses());
            case Event.GuestConflict it ->
                new ConflictData(it.guest().toString(), Texts.orNull(it.name()), ConflictJson.of(it.conflicts()));
            case Event.AddressClaimed it -> address(it.nic(), it.subject(), it.reason());
            case Event.AddressReleased it -> address(it.nic(), it.subject(), it.reason());
            case Event.RouterCommitted it -> new CommittedData(it.commits(), it.changes());
            case Event.DriftMended it ->
                new MendedData(it.nic().guest().toString(), it.nic().name(), it.action(), it.reason());
            case Event.SystemDown it -> new DownData(it.subject(), it.problem());
            case Event.SystemUp it -> new UpData(it.subject());
            case Event.WebhookDown it -> new WebhookDownData(it.receiver(), it.problem());
            case Event.WebhookUp it -> new WebhookUpData(it.receiver());
        };
    }

    private static AddressData address(NicId nic, String address, String reason) {
        return new AddressData(address, nic.guest().toString(), nic.name(), reason);
    }
}
