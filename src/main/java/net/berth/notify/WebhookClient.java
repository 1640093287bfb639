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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import net.berth.notify.Outcome.Accepted;
import net.berth.notify.Outcome.Failed;
import net.berth.notify.Outcome.Gone;
import net.berth.notify.Outcome.Refused;
import net.berth.security.TlsTrust;
import net.berth.security.WebhookSignature;
import org.jspecify.annotations.Nullable;

/** Sends one message once, signed by Standard Webhooks. */
final class WebhookClient implements AutoCloseable {
    private static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";

    private final WebhookSettings settings;
    private final Duration deadline;
    private final Clock clock;
    private final HttpClient client;

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

    /**
     * Sends the message. The answer's body is ignored.
     *
     * @param id one for all attempts of a message, so that a receiver can recognise duplicates
     */
    Outcome send(String id, String body) throws InterruptedException {
        HttpRequest request = request(id, body);
        CompletableFuture<HttpResponse<Void>> future =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return judged(future.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return new Failed("no whole answer within " + deadline.toSeconds() + " s", Duration.ZERO);
        } catch (ExecutionException failure) {
            return new Failed(reason(failure.getCause()), Duration.ZERO);
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
            case 2 -> new Accepted();
            case 3 -> new Refused(answered + "; redirects are not followed: name the right address in notify");
            case 4 ->
                switch (status) {
                    case 410 -> new Gone();
                    case 408, 425, 429 -> new Failed(answered, wait(response));
                    default -> new Refused(answered);
                };
            default -> new Failed(answered, wait(response));
        };
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
    private static String reason(@Nullable Throwable failure) {
        List<Throwable> chain = java.util.stream.Stream.iterate(failure, at -> at != null, Throwable::getCause)
                .map(java.util.Objects::requireNonNull)
                .limit(20)
                .toList();
        return chain.reversed().stream()
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .findFirst()
                .orElse(chain.isEmpty() ? "no answer" : "no connection (" + name(chain.getFirst()) + ")");
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
