package net.berth.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import net.berth.engine.status.EventLog;
import net.berth.http.json.EventJson;
import net.berth.http.json.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/events}: server-sent events without end. A client that reconnects with its last id misses none. */
final class EventRoutes implements HttpService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("last-event-id");

    private final EventLog events;
    private final EventJson json;
    private final Clock clock;
    private final Duration ping;
    private final int readers;
    private final Semaphore places;
    private volatile boolean closed;

    EventRoutes(EventLog events, String cluster, Clock clock, Limits limits) {
        this.events = events;
        this.json = new EventJson(cluster);
        this.clock = clock;
        this.ping = limits.ping();
        this.readers = limits.readers();
        this.places = new Semaphore(readers);
    }

    @Override
    public void routing(HttpRules rules) {
        Routes.only(rules, Method.GET, "/events", this::follow);
    }

    private void follow(ServerRequest request, ServerResponse response) {
        if (!places.tryAcquire()) {
            throw Problem.of(
                            Status.SERVICE_UNAVAILABLE_503,
                            readers + " readers follow the events already, which is the limit; end one of them.")
                    .header("Retry-After", "10");
        }
        try {
            List<String> last = request.headers().all(LAST_EVENT_ID, List::of);
            EventLog.Place place = last.isEmpty() ? events.end() : events.after(last.getFirst());
            response.header(HeaderNames.create("X-Accel-Buffering"), "no");
            send(response, place);
        } finally {
            places.release();
        }
    }

    private void send(ServerResponse response, EventLog.Place place) {
        try (SseSink sink = response.sink(SseSink.TYPE)) {
            // Sent at once, so that the reader sees that the stream is open.
            sink.emit(SseEvent.builder().comment("berth").build());
            if (place.missed()) {
                Instant now = clock.instant();
                sink.emit(SseEvent.builder()
                        .name(EventJson.MISSED)
                        .data(json.missed("missed-" + now.toEpochMilli(), now))
                        .build());
            }
            follow(sink, place.number());
        } catch (UncheckedIOException gone) {
            LOG.debug("a reader of the events has disconnected: {}", gone.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(SseSink sink, long from) throws InterruptedException {
        long number = from;
        while (!closed) {
            List<EventLog.Entry> next = events.read(number, ping);
            if (next.isEmpty()) {
                // Shows whether the reader is still connected, and keeps proxies from closing the connection.
                sink.emit(SseEvent.builder().comment("ping").build());
            }
            for (EventLog.Entry entry : next) {
                sink.emit(SseEvent.builder()
                        .id(entry.id())
                        .name(entry.event().type())
                        .data(json.of(entry))
                        .build());
                number = entry.number();
            }
        }
    }

    /** Ends all streams. Their readers reconnect. */
    @Override
    public void close() {
        closed = true;
        events.wake();
    }
}
