package net.berth.http.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import net.berth.http.json.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs refused hooks, each kind from each host at most once a minute, so that a flood does not fill the log. */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    private final Cache<String, String> logged = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(256)
            .executor(Runnable::run)
            .build();

    public void note(String host, Problem problem) {
        if (logged.asMap().putIfAbsent(problem.type() + " " + host, problem.detail()) == null) {
            LOG.warn("hook from {} refused: {}", host, problem.detail());
        }
    }
}
