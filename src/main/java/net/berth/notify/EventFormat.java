package net.berth.notify;

import java.time.Instant;
import net.berth.engine.status.EventLog;

/** Words events as they go over the wire: CloudEvents 1.0, structured JSON, the same as in the stream of events. */
public interface EventFormat {

    /** An event. */
    String of(EventLog.Entry entry);

    /** Tells that events were lost to this receiver; under this id. */
    String missed(String id, Instant now);
}
