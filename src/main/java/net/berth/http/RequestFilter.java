package net.berth.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import net.berth.http.guard.ConnectionGuard;
import net.berth.http.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs around each request: reads the body within the deadline of the {@link ConnectionGuard}, logs and counts the answer,
 * and closes the connection where that was announced.
 */
final class RequestFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestFilter.class);
    private static final byte[] NONE = new byte[0];
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Fine enough to distinguish a settled guest's start, one that waits for the router, and a full wait of a hook. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofMinutes(1)
    };

    /** A target such as {@code a:b} has no path; the routing of Helidon 4.5.0 fails on it (measured). */
    private static final Pattern OPAQUE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:(?!/)");

    private final ConnectionGuard guard;
    private final Failures failures;
    /** Bytes of a body. */
    private final int most;

    private final Meter.MeterProvider<Timer> requests;

    RequestFilter(ConnectionGuard guard, Failures failures, int most, MeterRegistry meters) {
        this.guard = guard;
        this.most = most;
        this.failures = failures;
        this.requests = Timer.builder("berth.http.requests")
                .description("Requests to the receiver")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(meters);
    }

    /** The raw body of a request. */
    static byte[] body(ServerRequest request) {
        return request.context().get(RequestFilter.class, byte[].class).orElseThrow();
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long start = System.nanoTime();
        if (read(request, response)) {
            guard.arrived(request.remotePeer().address());
            chain.proceed();
            guard.answered(request.remotePeer().address());
        } else {
            guard.leftover(request.remotePeer().address());
        }
        note(request, response, Duration.ofNanos(System.nanoTime() - start));
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                || response.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            // Helidon 4.5.0 announces the close but keeps the connection until it is idle (measured).
            throw new CloseConnectionException("as announced");
        }
    }

    /** Reads the body. False if target or body is refused; what follows is not read then. */
    private boolean read(RoutingRequest request, RoutingResponse response) {
        try {
            if (OPAQUE.matcher(request.path().rawPath()).lookingAt()) {
                throw refused(Status.BAD_REQUEST_400);
            }
            request.context().register(RequestFilter.class, request.content().hasEntity() ? bytes(request) : NONE);
            return true;
        } catch (RequestException e) {
            response.header(HeaderValues.CONNECTION_CLOSE);
            Json.problem(response, failures.of(e.status()));
            return false;
        }
    }

    /**
     * Helidon's own limit would close the connection while the caller still sends, and the answer would be lost. A body in
     * chunks is refused: Helidon 4.5.0 keeps a whole chunk, and the line with its length, in memory, however long they are.
     */
    private byte[] bytes(RoutingRequest request) {
        if (request.headers().contains(HeaderNames.TRANSFER_ENCODING)) {
            throw refused(Status.LENGTH_REQUIRED_411);
        }
        long announced = request.headers().contentLength().orElse(0);
        if (announced > most) {
            throw refused(Status.REQUEST_ENTITY_TOO_LARGE_413);
        }
        try {
            return request.content().inputStream().readNBytes((int) announced);
        } catch (RequestException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("the body did not arrive", e);
        }
    }

    private static RequestException refused(Status status) {
        return RequestException.builder()
                .status(status)
                .type(DirectHandler.EventType.BAD_REQUEST)
                .build();
    }

    private void note(RoutingRequest request, RoutingResponse response, Duration took) {
        String method = request.prologue().method().text();
        String known = METHODS.contains(method) ? method : "other";
        int status = response.status().code();
        // The pattern instead of the path, and "other" for unknown methods: a label must have few values.
        String route = request.matchingPattern().orElse("unknown");
        requests.withTags("method", known, "route", route, "status", Integer.toString(status))
                .record(took);
        LOG.debug(
                "{} {} {} {} ms from {}",
                method,
                request.path().rawPath(),
                status,
                took.toMillis(),
                request.remotePeer().host());
    }
}
