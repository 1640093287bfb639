package net.berth.sim;

import java.util.SplittableRandom;

/** How the events travel from the nodes to the receivers. */
final class Mail {
    private static final int LONGEST_DELAY = 90_000;

    private final SplittableRandom random;
    private final Manner manner;

    Mail(long seed, Manner manner) {
        this.random = new SplittableRandom(seed);
        this.manner = manner;
    }

    /** In what manner. */
    enum Manner {
        AS_THEY_ARE,
        LOST,
        DOUBLED,
        LATE_AND_OUT_OF_ORDER,
        ANY
    }

    boolean isReliable() {
        return manner == Manner.AS_THEY_ARE;
    }

    /** The delays with which an event arrives, once for each copy; none: it is lost. */
    long[] copies() {
        return switch (manner) {
            case AS_THEY_ARE -> new long[] {0};
            case LOST -> new long[0];
            case DOUBLED -> new long[] {0, random.nextInt(LONGEST_DELAY)};
            case LATE_AND_OUT_OF_ORDER -> new long[] {random.nextInt(LONGEST_DELAY)};
            case ANY -> random.longs(random.nextInt(4), 0, LONGEST_DELAY).toArray();
        };
    }
}
