package net.berth.notify;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import net.berth.security.TlsTrust;
import net.berth.security.WebhookSignature;

/** Sends one message once, signed by Standard Webhooks. */
final class WebhookClient implements AutoCloseable {
    private static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";

    private final WebhookSettings settings;
    private final Duration deadline;
    private final Clock clock;
    private final HttpClient client;

    /** What became of an attempt; in lower case the word in the metrics. */
    enum Result {
        OK,
        /** It did not arrive, or the receiver cannot accept it now. */
        FAILED,
        /** The receiver refuses this message. */
        REFUSED,
        /** The receiver wants no more messages (410). */
        GONE
    }

    /**
     * One attempt: a problem in words, if any, and how long the receiver asks to wait ({@code Retry-After}), else
     * zero.
     */
    record Outcome(Result result, String problem, Duration pause) {}

    WebhookClient(WebhookSettings settings, Duration deadline, Clock clock) {
        this.settings = settings;
        this.deadline = deadline;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would carry message and signature to another host.
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(deadline);
        if (settings.trust() instanceof TlsTrust.Authority authority) {
            builder.sslContext(authority.context());
        }
        this.client = builder.build();
    }

    /** Sends the message; its id is one for all attempts, so that a receiver can recognise duplicates. */
    Outcome send(String id, String body) throws InterruptedException {
        HttpRequest request = request(id, body);
        CompletableFuture<HttpResponse<Void>> future =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return judged(future.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return new Outcome(Result.FAILED, "no whole answer within " + deadline.toSeconds() + " s", Duration.ZERO);
        } catch (ExecutionException failure) {
            return new Outcome(Result.FAILED, reason(failure), Duration.ZERO);
        } finally {
            // No effect on a finished exchange; closes the connection of an unfinished one.
            future.cancel(true);
        }
    }

    private HttpRequest request(String id, String body) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String signatures = settings.secrets().stream()
                .map(secret -> WebhookSignature.of(secret, id, timestamp, content))
                .collect(Collectors.joining(" "));
        return HttpRequest.newBuilder(settings.url())
                .header("Content-Type", MEDIA_TYPE)
                .header("User-Agent", "berth")
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signatures)
                .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
    }

    private Outcome judged(HttpResponse<Void> response) {
        int status = response.statusCode();
        String answered = "it answered " + status;
        return switch (status / 100) {
            case 2 -> new Outcome(Result.OK, "", Duration.ZERO);
            case 3 -> refused(answered + "; redirects are not followed: name the right address in notify");
            case 4 ->
                switch (status) {
                    case 410 -> new Outcome(Result.GONE, "", Duration.ZERO);
                    case 408, 425, 429 -> new Outcome(Result.FAILED, answered, wait(response));
                    default -> refused(answered);
                };
            default -> new Outcome(Result.FAILED, answered, wait(response));
        };
    }

    private static Outcome refused(String problem) {
        return new Outcome(Result.REFUSED, problem, Duration.ZERO);
    }

    private Duration wait(HttpResponse<Void> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(text -> wait(text.strip(), clock.instant()))
                .orElse(Duration.ZERO);
    }

    /** Seconds or a date; zero for other forms and for the past. */
    static Duration wait(String text, Instant now) {
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
        } catch (DateTimeParseException none) {
            return Duration.ZERO;
        }
    }

    /** The innermost message; the class of the failure where Java has none, as for a refused connection. */
    private static String reason(ExecutionException failure) {
        Throwable first = failure.getCause() == null ? failure : failure.getCause();
        String words = "no connection (" + first.getClass().getSimpleName() + ")";
        for (Throwable at = first; at != null; at = at.getCause()) {
            String message = at.getMessage();
            words = message == null || message.isBlank() ? words : message;
        }
        return words;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
