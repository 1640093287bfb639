package net.berth.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Which call to an outside system goes wrong, and how: a function of the seed and the call's number. */
final class Faults {
    private static final List<Fault> PAUSES =
            List.of(Fault.SLOW, Fault.SLOW, Fault.PAUSED_BEFORE_SEND, Fault.PAUSED_AFTER_SEND);

    private final long seed;
    private final int perMille;
    private final Set<Long> spared;
    private final List<Long> done = new ArrayList<>();
    private boolean over;
    private long calls;

    Faults(long seed, int perMille, Set<Long> spared) {
        this.seed = seed;
        this.perMille = perMille;
        this.spared = spared;
    }

    /** How a call goes. */
    enum Fault {
        NONE,
        /** It is not carried out. */
        REFUSED_CONNECTION,
        /** It is carried out, and the answer is lost. */
        LOST_ANSWER,
        /** The answer makes no sense; it is carried out. */
        GARBLED,
        /** It takes half a minute. */
        SLOW,
        /** The database met a deadlock: not carried out, worth another try at once. */
        DEADLOCK,
        /** The receiver's whole machine is paused, for up to minutes, before the request leaves it. */
        PAUSED_BEFORE_SEND,
        /** The same while the answer is on its way. */
        PAUSED_AFTER_SEND,
        CRASH_BEFORE_SEND,
        CRASH_AFTER_SEND,
        CRASH_AFTER_ANSWER
    }

    Fault next() {
        long call = calls++;
        if (over || perMille == 0) {
            return Fault.NONE;
        }
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + call);
        if (random.nextInt(1000) >= perMille || spared.contains(call)) {
            return Fault.NONE;
        }
        done.add(call);
        if (seed % 3 == 0 && random.nextInt(3) != 0) {
            // By what is slow or paused several receivers would undo each other's work.
            return PAUSES.get(random.nextInt(PAUSES.size()));
        }
        Fault[] all = Fault.values();
        return all[1 + random.nextInt(all.length - 1)];
    }

    long seed() {
        return seed;
    }

    /** From now on nothing goes wrong. */
    void end() {
        over = true;
    }

    boolean over() {
        return over;
    }

    /** Whether no call goes wrong. */
    boolean quiet() {
        return over || perMille == 0;
    }

    /** The calls that went wrong. */
    List<Long> done() {
        return List.copyOf(done);
    }
}
