package net.berth.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/**
 * What a reader did with one input.
 *
 * @param shape a rough word for the outcome; a new one makes its input worth mutating further
 * @param failure what it should not have done; null when all was well
 */
record Attempt(String shape, Throwable failure) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Attempt of(Fuzz.Reader reader, byte[] input, Optional<Class<? extends Exception>> known, long mostBytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Attempt attempt = outcome(reader, input, known);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (attempt.failure == null && allocated > mostBytes) {
            String what =
                    "it allocated " + allocated + " bytes for an input of " + input.length + "; allowed: " + mostBytes;
            return new Attempt("allocation", new AssertionError(what));
        }
        return attempt;
    }

    Optional<Throwable> failed() {
        return Optional.ofNullable(failure);
    }

    private static Attempt outcome(Fuzz.Reader reader, byte[] input, Optional<Class<? extends Exception>> known) {
        try {
            Object value = reader.read(input);
            int size = String.valueOf(value).length();
            return new Attempt("value " + (64 - Long.numberOfLeadingZeros(size)), null);
        } catch (Throwable e) {
            boolean expected = known.filter(type -> type.isInstance(e)).isPresent();
            return new Attempt(e.getClass().getSimpleName() + " " + words(e), expected ? null : e);
        }
    }

    /** The message without what it quotes. */
    private static String words(Throwable e) {
        String plain = String.valueOf(e.getMessage())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\"[^\"]*\"|'[^']*'", "Q")
                .replaceAll("[^a-zQ]+", " ");
        return plain.substring(0, Math.min(50, plain.length()));
    }
}
