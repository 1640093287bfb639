package net.berth.sim;

/** Until when something that is not Berth's fault keeps it from its work. */
final class Trouble {
    /** What began in trouble ends in this time. */
    private static final long AFTERMATH = 90_000;

    private final Faults faults;
    private long until;

    Trouble(Faults faults) {
        this.faults = faults;
    }

    void until(long time) {
        until = Math.max(until, time);
    }

    /** Whether nothing was wrong at a time and since. */
    boolean calmSince(long time) {
        return faults.quiet() && time > until + AFTERMATH;
    }
}
