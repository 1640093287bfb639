package net.berth.cli.api;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Reads the receiver's events over one connection. */
public final class EventFeed {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final ApiAccess access;
    private final Duration silence;

    /**
     * @param access where the receiver is
     * @param silence the connection is given up after so long without data, pings included
     */
    public EventFeed(ApiAccess access, Duration silence) {
        this.access = access;
        this.silence = silence;
    }

    /** How it ended. */
    enum End {
        /** There was a connection, and it ended. */
        LOST,
        /** There was none, or the receiver has too many streams. */
        NOT_REACHED
    }

    /**
     * Reads until the connection ends.
     *
     * @param after the id of the last event that is known; empty for new ones only
     * @param opened called once when the connection is open
     * @throws CliException when the receiver refuses
     */
    End follow(String after, Runnable opened, Consumer<ServerEvent> events) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(access.base().resolve("/v1/events"))
                .header("Authorization", "Bearer " + access.token())
                .header("Accept", "text/event-stream");
        if (!after.isEmpty()) {
            request.header("Last-Event-ID", after);
        }
        HttpClient client = ApiClient.client(access);
        try {
            Optional<InputStream> body = open(client, request.build());
            if (body.isEmpty()) {
                return End.NOT_REACHED;
            }
            opened.run();
            try (LineQueue lines = new LineQueue(body.get())) {
                read(lines, events);
            }
            return End.LOST;
        } finally {
            client.shutdownNow();
        }
    }

    private Optional<InputStream> open(HttpClient client, HttpRequest request) throws InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                    .get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
        return switch (response.statusCode()) {
            case 200 -> Optional.of(response.body());
            case 401 ->
                throw new CliException("the receiver at " + access.base()
                        + " runs with another token than these settings: restart it");
            case 404 -> throw new CliException(access.base() + " has no events: another program listens there");
            default -> Optional.empty();
        };
    }

    private void read(LineQueue lines, Consumer<ServerEvent> events) throws InterruptedException {
        String id = "";
        StringBuilder data = new StringBuilder();
        for (Optional<String> line = lines.next(silence); line.isPresent(); line = lines.next(silence)) {
            String text = line.get();
            if (text.isEmpty()) {
                if (!data.isEmpty()) {
                    events.accept(new ServerEvent(id, data.toString()));
                }
                id = "";
                data.setLength(0);
            } else if (text.startsWith("id:")) {
                id = text.substring(3).strip();
            } else if (text.startsWith("data:")) {
                data.append(text.substring(5).strip());
            }
        }
    }
}
