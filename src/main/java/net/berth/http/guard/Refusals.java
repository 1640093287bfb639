package net.berth.http.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.helidon.http.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.http.json.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 429 to an address that sends more than 30 requests with a wrong token or signature within a minute. It is called
 * only after the token or the signature was found wrong, so valid requests from the address of a flood, behind a proxy or
 * on one node, are not locked out.
 */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int MOST = 30;
    private final Cache<String, AtomicInteger> counts;
    private final Cache<String, String> logged;

    public Refusals(Clock clock) {
        this.counts = cache(clock, 10_000);
        this.logged = cache(clock, 256);
    }

    private static <T> Cache<String, T> cache(Clock clock, int most) {
        return Caffeine.newBuilder()
                .expireAfterWrite(MEMORY)
                .maximumSize(most)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** The answer to a refused request: the refusal itself, or 429 after too many of them. */
    public Problem answer(String address, Problem refusal) {
        if (!refusal.status().equals(Status.UNAUTHORIZED_401)) {
            return refusal;
        }
        int count = counts.get(address, first -> new AtomicInteger()).incrementAndGet();
        return count <= MOST ? refusal : tooMany();
    }

    /** Like {@link #answer}; logs each kind from each address at most once a minute, so that a flood does not fill the log. */
    public Problem logged(String address, Problem refusal) {
        if (logged.asMap().putIfAbsent(refusal.type() + " " + address, refusal.detail()) == null) {
            LOG.warn("hook from {} refused: {}", address, refusal.detail());
        }
        return answer(address, refusal);
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
