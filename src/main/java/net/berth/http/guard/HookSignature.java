package net.berth.http.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.berth.http.json.Problem;
import net.berth.security.Secret;
import net.berth.security.WebhookSignature;

/**
 * Verifies the signature of a hook according to Standard Webhooks 1.0.0: HMAC-SHA256 over the raw bytes of {@code
 * id.timestamp.body}. The body of a refused request is never parsed.
 */
public final class HookSignature {
    private static final HeaderName ID = HeaderNames.create("webhook-id");
    private static final HeaderName TIMESTAMP = HeaderNames.create("webhook-timestamp");
    private static final HeaderName SIGNATURE = HeaderNames.create("webhook-signature");
    private static final Pattern ID_FORM = Pattern.compile("[\\x21-\\x7e]{1,256}");
    private static final Pattern TIMESTAMP_FORM = Pattern.compile("[0-9]{1,12}");
    private static final Pattern SIGNATURE_FORM = Pattern.compile(".{1,4096}");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int MOST_SIGNATURES = 16;
    /** Far more hooks than a cluster can send in that time. Only signed requests are counted. */
    private static final int MOST_IDS = 100_000;

    private final List<Secret> secrets;
    private final Clock clock;
    private final Cache<String, Boolean> seen;

    public HookSignature(List<Secret> secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
        // A timestamp may be ahead by the tolerance, and is valid until the tolerance after it.
        this.seen = Caffeine.newBuilder()
                .expireAfterWrite(TOLERANCE.multipliedBy(2).plusSeconds(1))
                .maximumSize(MOST_IDS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /**
     * Accepts a request that is signed, at most five minutes old, and not a replay.
     *
     * @throws Problem 401 for any other
     */
    public void check(Headers headers, byte[] body) {
        String id = only(headers, ID, ID_FORM);
        String timestamp = only(headers, TIMESTAMP, TIMESTAMP_FORM);
        String signatures = only(headers, SIGNATURE, SIGNATURE_FORM);
        Instant now = clock.instant();
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        if (off.compareTo(TOLERANCE) > 0) {
            throw refused(
                    "stale",
                    "webhook-timestamp is " + off.toSeconds() + " s off the clock of the receiver; at most "
                            + TOLERANCE.toSeconds() + " s are allowed.");
        }
        if (!signed(signatures, id, timestamp, body)) {
            throw refused(
                    "signature", "No signature in webhook-signature matches the body and a secret of the receiver.");
        }
        if (seen.asMap().putIfAbsent(id, Boolean.TRUE) != null) {
            throw refused("replayed", "This webhook-id was received before; each request needs its own.");
        }
    }

    private static String only(Headers headers, HeaderName name, Pattern form) {
        List<String> values = headers.all(name, List::of);
        if (values.size() != 1 || !form.matcher(values.getFirst()).matches()) {
            throw refused(
                    "unsigned",
                    "The header " + name.lowerCase() + " must be there once, as in Standard Webhooks:"
                            + " webhook-id, webhook-timestamp (seconds), webhook-signature (v1,BASE64).");
        }
        return values.getFirst();
    }

    private boolean signed(String signatures, String id, String timestamp, byte[] body) {
        List<byte[]> given = Arrays.stream(signatures.split(" ", -1))
                .limit(MOST_SIGNATURES)
                .map(signature -> signature.getBytes(StandardCharsets.UTF_8))
                .toList();
        boolean fits = false;
        for (Secret secret : secrets) {
            byte[] expected = WebhookSignature.of(secret, id, timestamp, body).getBytes(StandardCharsets.US_ASCII);
            for (byte[] one : given) {
                fits |= MessageDigest.isEqual(expected, one);
            }
        }
        return fits;
    }

    private static Problem refused(String name, String detail) {
        return Problem.of(Status.UNAUTHORIZED_401, detail)
                .named(name)
                .header("WWW-Authenticate", "StandardWebhooks realm=\"berth\"");
    }
}
