package net.berth.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Feeds a reader with its kept corpus, then with inputs made of it: each must end in a value or in an exception that is
 * known, soon, and without much memory. A build tries a fixed number from a fixed seed; {@code
 * -Dberth.fuzz.seconds=600 -Dberth.fuzz.seed=N} tries for so long from another.
 */
public final class Fuzz {
    /** What is tried. */
    @FunctionalInterface
    public interface Reader {
        /** Reads the input; the value is looked at only for its size. */
        Object read(byte[] input) throws Exception;
    }

    private static final long SEED = Long.getLong("berth.fuzz.seed", 1);
    private static final long SECONDS = Long.getLong("berth.fuzz.seconds", 0);
    /** A hang, even on a machine that does much else. */
    private static final Duration HANG = Duration.ofSeconds(20);

    private static final int MOST_KEPT = 2000;
    /** What is mutated further stays small enough to be tried often. */
    private static final int LONGEST_KEPT = 8 * 1024;

    private static final int MOST_CUTS = 3000;

    private final Corpus corpus;
    private final int count;
    private final Optional<Class<? extends Exception>> known;
    private final long bytes;
    private volatile byte[] current = new byte[0];
    private volatile long since = System.nanoTime();

    private Fuzz(Corpus corpus, int count, Optional<Class<? extends Exception>> known, long bytes) {
        this.corpus = corpus;
        this.count = count;
        this.known = known;
        this.bytes = bytes;
    }

    /** For the corpus of this name, that many inputs in a build; 16 MB each, and 500 times what the input has. */
    public static Fuzz of(String corpus, int count) {
        return new Fuzz(Corpus.of(corpus), count, Optional.empty(), 16L << 20);
    }

    /** The one exception that the reader may throw. */
    public Fuzz knows(Class<? extends Exception> exception) {
        return new Fuzz(corpus, count, Optional.of(exception), bytes);
    }

    /** Runs; fails with the smallest input found that shows the same failure, and where it lies. */
    public void run(Reader reader) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread worker = Thread.ofPlatform()
                .daemon()
                .name("fuzz-" + corpus.name())
                .start(() -> {
                    try {
                        all(reader);
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                });
        while (!waited(done)) {
            if (System.nanoTime() - since > HANG.toNanos()) {
                AssertionError hang = new AssertionError("no end after " + HANG + kept(current, "hang"));
                hang.setStackTrace(worker.getStackTrace());
                throw hang;
            }
        }
    }

    private static boolean waited(CompletableFuture<Void> done) {
        try {
            done.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AssertionError error ? error : new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void all(Reader reader) {
        List<byte[]> inputs = new ArrayList<>(corpus.inputs());
        Set<String> shapes = new HashSet<>();
        Attempt.of(reader, inputs.getFirst(), known, bytes); // Loads classes, which is not the input's fault.
        for (byte[] input : corpus.inputs()) {
            shapes.add(tried(reader, input, "corpus").shape());
        }
        Mutator mutator = new Mutator(SEED * 31 + corpus.name().hashCode(), corpus.words());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int tried = 0;
        for (int i = 0; SECONDS > 0 ? System.nanoTime() < end : i < count; i++) {
            byte[] input = mutator.next(inputs);
            Attempt attempt = tried(reader, input, "seed-" + SEED + "-input-" + i);
            boolean small = input.length <= LONGEST_KEPT && inputs.size() < MOST_KEPT;
            if (shapes.add(attempt.shape()) && small) {
                inputs.add(input);
            }
            tried++;
        }
        System.out.println(corpus.name() + ": seed " + SEED + ", " + tried + " inputs, " + shapes.size()
                + " shapes of outcome, " + inputs.size() + " kept for mutation");
    }

    private Attempt tried(Reader reader, byte[] input, String label) {
        Attempt attempt = attempt(reader, input);
        attempt.failed().ifPresent(failure -> {
            byte[] small = smaller(reader, input, attempt.shape());
            throw new AssertionError(corpus.name() + " failed with " + failure + kept(small, label), failure);
        });
        return attempt;
    }

    private Attempt attempt(Reader reader, byte[] input) {
        current = input;
        since = System.nanoTime();
        return Attempt.of(reader, input, known, bytes + 500L * input.length);
    }

    /** Cuts pieces out as long as the failure stays. */
    private byte[] smaller(Reader reader, byte[] input, String shape) {
        byte[] best = input;
        int cuts = 0;
        for (int piece = best.length / 2; piece > 0; piece /= 2) {
            for (int at = 0; at + piece <= best.length && cuts < MOST_CUTS; cuts++) {
                Optional<byte[]> cut = Optional.of(without(best, at, piece))
                        .filter(less -> attempt(reader, less).failed().isPresent())
                        .filter(less -> attempt(reader, less).shape().equals(shape));
                best = cut.orElse(best);
                at = cut.isPresent() ? at : at + piece;
            }
        }
        return best;
    }

    private static byte[] without(byte[] input, int from, int length) {
        byte[] less = Arrays.copyOf(input, input.length - length);
        System.arraycopy(input, from + length, less, from, input.length - from - length);
        return less;
    }

    private String kept(byte[] input, String label) {
        Path file = corpus.keep(input, label);
        return "\nThe input lies in " + file + "; mend the fault and keep the input in " + corpus.home() + "."
                + "\nIt begins with: "
                + new String(
                        Arrays.copyOf(input, Math.min(300, input.length)),
                        java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
