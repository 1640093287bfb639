package net.berth.engine.run;

import java.time.Duration;

/**
 * The end of a run.
 *
 * @param again when the guest needs another run; zero when it needs none
 * @param writesWait whether its config is still to be written: an order to write it stays open then
 */
public record Done(Duration again, boolean writesWait) {
    public static final Done FOR_GOOD = new Done(Duration.ZERO, false);

    public static Done again(Duration pause) {
        return new Done(pause, false);
    }

    /** If it needs no other run, one after this pause. */
    public Done orAgain(Duration pause) {
        return again.isZero() ? new Done(pause, writesWait) : this;
    }

    /** The earlier of two. */
    public Done and(Done other) {
        boolean sooner = !other.again.isZero() && (again.isZero() || other.again.compareTo(again) < 0);
        return new Done(sooner ? other.again : again, writesWait || other.writesWait);
    }
}
