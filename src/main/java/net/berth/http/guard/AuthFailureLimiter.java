package net.berth.http.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.helidon.http.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.http.json.Problem;
import net.berth.http.json.ProblemException;

/**
 * Answers 429 to an address that sends more than 30 requests with a wrong token or signature within a minute. It is called
 * only after the token or the signature was found wrong, so valid requests from the address of a flood, behind a proxy or
 * on one node, are not locked out.
 */
public final class AuthFailureLimiter {
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int MOST = 30;
    private static final int MOST_ADDRESSES = 10_000;

    private final Cache<String, AtomicInteger> refusals;

    public AuthFailureLimiter(Clock clock) {
        this.refusals = Caffeine.newBuilder()
                .expireAfterWrite(MEMORY)
                .maximumSize(MOST_ADDRESSES)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** The answer to a refused request: the refusal itself, or 429 after too many of them. */
    public ProblemException refused(String address, ProblemException refusal) {
        if (refusal.problem().status() != Status.UNAUTHORIZED_401.code()) {
            return refusal;
        }
        int count = refusals.get(address, first -> new AtomicInteger()).incrementAndGet();
        return count <= MOST ? refusal : new ProblemException(tooMany());
    }

    private static Problem tooMany() {
        return Problem.of(
                        Status.TOO_MANY_REQUESTS_429,
                        "Too many requests with a wrong token or signature from this address. Valid requests are still"
                                + " accepted.")
                .header("Retry-After", Long.toString(MEMORY.toSeconds()))
                .header("Connection", "close");
    }
}
