package net.berth.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import net.berth.engine.port.PeerException;
import net.berth.http.json.Json;
import net.berth.http.json.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every error, including Helidon's own, into a problem document without stack trace or class name. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Limits limits;

    Failures(Limits limits) {
        this.limits = limits;
    }

    /** For what routes and filters throw. */
    void register(HttpRouting.Builder routing) {
        routing.error(Problem.class, (request, response, e) -> Json.problem(response, e));
        routing.error(PeerException.class, (request, response, e) -> Json.problem(response, of(e)));
        routing.error(HttpException.class, (request, response, e) -> Json.problem(response, of(request, e)));
        routing.error(Throwable.class, this::unexpected);
    }

    /** For what Helidon refuses before a route is reached. */
    DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, this::direct);
        }
        return handlers.build();
    }

    private DirectHandler.TransportResponse direct(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status found,
            ServerResponseHeaders headers,
            @Nullable String message) {
        // Helidon 4.5.0 calls a malformed method, or an end within the headers, an internal error. Berth's own
        // failures do not reach this method.
        Status status = type == DirectHandler.EventType.INTERNAL_ERROR ? Status.BAD_REQUEST_400 : found;
        Problem problem = of(status);
        headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (status.code() == Status.SERVICE_UNAVAILABLE_503.code()) {
            headers.set(HeaderNames.RETRY_AFTER, "1");
        }
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(false)
                .entity(Json.bytes(problem.fields()))
                .build();
    }

    /** The problem for a status of Helidon. */
    Problem of(Status status) {
        return Problem.of(status, detail(status));
    }

    private String detail(Status status) {
        return switch (status.code()) {
            case 400 ->
                "The request is not well-formed HTTP, or its headers have more than " + limits.headerBytes()
                        + " bytes.";
            case 411 -> "A body in chunks is refused: send its length in Content-Length.";
            case 413 -> "The body is too large: at most " + limits.bodyBytes() + " bytes are accepted.";
            case 414 -> "The request line is too long: at most " + limits.lineBytes() + " bytes are accepted.";
            case 503 -> "The receiver already works on as many requests as it accepts: retry in a second.";
            case 505 -> "The receiver supports only HTTP/1.1.";
            case 500 -> "The receiver failed; its log says why.";
            default -> status.reasonPhrase();
        };
    }

    private static Problem of(PeerException e) {
        return Problem.of(Status.SERVICE_UNAVAILABLE_503, String.valueOf(e.getMessage()))
                .named("peer")
                .with("peer", e.peer().word())
                .header("Retry-After", "10");
    }

    private Problem of(ServerRequest request, HttpException e) {
        Status status = e.status();
        return status.code() == Status.NOT_FOUND_404.code()
                ? Problem.of(status, "Nothing is at " + request.path().path() + "; see docs/api.md.")
                : of(status);
    }

    private void unexpected(ServerRequest request, ServerResponse response, Throwable e) {
        LOG.error(
                "{} {} failed",
                request.prologue().method().text(),
                request.path().path(),
                e);
        Json.problem(response, of(Status.INTERNAL_SERVER_ERROR_500));
    }
}
