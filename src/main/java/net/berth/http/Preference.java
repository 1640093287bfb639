package net.berth.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Prefer: wait=N} of RFC 7240: how long a caller wants to wait for the result. */
final class Preference {
    /** The longest wait that is granted; more than the hookscript's config allows. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?:;.*)?");

    private Preference() {}

    /** The wait asked for, at most {@link #LONGEST}; empty without one. Anything else is ignored. */
    static Optional<Duration> await(List<String> prefer) {
        return prefer.stream()
                .flatMap(header -> Pattern.compile(",").splitAsStream(header))
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(wait -> Duration.ofSeconds(Long.parseLong(wait.group(1))))
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }
}
