package net.berth.cli.api;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Follows the receiver's events; after a lost connection it continues behind the last event that it passed on. */
public final class EventFollower {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Waits. */
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /** One server-sent event: its id, empty when it has none, and a CloudEvent as JSON. */
    public record ServerEvent(String id, String data) {}

    private final ApiAccess access;
    private final Duration silence;
    private final Pause pause;
    private final RandomGenerator random;
    private String last = "";

    /**
     * @param silence a connection without data, pings included, for so long counts as lost
     */
    public EventFollower(ApiAccess access, Duration silence, Pause pause, RandomGenerator random) {
        this.access = access;
        this.silence = silence;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Returns only by an interrupt.
     *
     * @param remarks gets a line for each lost connection
     * @throws CliException when the first attempt finds no receiver, or when the receiver refuses
     */
    public void run(Consumer<ServerEvent> events, Consumer<String> remarks) throws InterruptedException {
        boolean everOpen = false;
        int failures = 0;
        while (true) {
            boolean open = follow(events);
            everOpen |= open;
            if (!everOpen) {
                throw new CliException("no receiver answers: start it (systemctl start berth, or berth serve), or"
                        + " correct server.listen");
            }
            failures = open ? 0 : failures + 1;
            Duration wait = after(failures);
            remarks.accept((open ? "the connection ended" : "no receiver answers") + "; trying again in "
                    + Math.max(1, wait.toSeconds()) + " s");
            pause.pause(wait);
        }
    }

    /** Doubles with each failure, with jitter, so that several clients do not reconnect at once. */
    private Duration after(int failures) {
        long full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, 10));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    /** Reads until the connection ends; false if there was none, or the receiver has too many streams. */
    private boolean follow(Consumer<ServerEvent> events) throws InterruptedException {
        HttpClient client = access.client();
        try {
            Optional<Stream<String>> body = open(client);
            if (body.isPresent()) {
                read(body.get().iterator(), events);
            }
            return body.isPresent();
        } finally {
            client.shutdownNow();
        }
    }

    private Optional<Stream<String>> open(HttpClient client) throws InterruptedException {
        HttpResponse<Stream<String>> response;
        try {
            HttpRequest.Builder request = access.request(client, "/v1/events").header("Accept", "text/event-stream");
            if (!last.isEmpty()) {
                request.header("Last-Event-ID", last);
            }
            response = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
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

    private void read(Iterator<String> lines, Consumer<ServerEvent> events) throws InterruptedException {
        String id = "";
        StringBuilder data = new StringBuilder();
        for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
            String text = line.get();
            if (text.isEmpty()) {
                if (!data.isEmpty()) {
                    last = id.isEmpty() ? last : id;
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

    /** The next line; empty when the answer has ended or the connection was silent for too long. */
    private Optional<String> next(Iterator<String> lines) throws InterruptedException {
        FutureTask<Optional<String>> line =
                new FutureTask<>(() -> lines.hasNext() ? Optional.of(lines.next()) : Optional.empty());
        Thread.startVirtualThread(line);
        try {
            return line.get(silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException ended) {
            return Optional.empty();
        }
    }
}
