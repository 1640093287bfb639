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
 * Tells an address that comes more than 30 times in a minute without a right token or signature to stop. It is asked only after the token or the
 * signature was found wrong: whoever shares the address with a flood, behind a proxy or on one node, is not locked out.
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

    /** What to answer in place of a refusal: the refusal itself, or 429 when there were too many of them. */
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
                        "Too many requests without a right token or signature came from this address; a right one is"
                                + " still taken.")
                .header("Retry-After", Long.toString(MEMORY.toSeconds()))
                .header("Connection", "close");
    }
}
