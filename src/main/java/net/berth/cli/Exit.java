package net.berth.cli;

/** The exit codes. */
final class Exit {
    /** Done; for a plan: nothing to do. */
    static final int OK = 0;
    /** A failure, a wrong usage, or a result that is not whole. */
    static final int FAILURE = 1;
    /** A plan with changes. */
    static final int PENDING = 2;

    private Exit() {}
}
