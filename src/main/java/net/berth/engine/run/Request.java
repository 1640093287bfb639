package net.berth.engine.run;

/**
 * Why a guest is reconciled.
 *
 * @param writeBack whether the operator ordered the address to be written into the guest's config
 */
public record Request(Why why, boolean writeBack) {

    /** What caused a run, the weakest first. */
    public enum Why {
        /** A poll, a pass or a timer. */
        LOOK,
        /** The operator asked for this guest: what would be held as a likely mistake is done. */
        ORDER,
        /** A hookscript's event other than the start. */
        EVENT,
        /** The guest is about to start: its config is locked, and the hookscript waits for the answer. */
        START
    }

    /** A plain look. */
    public static final Request LOOK = new Request(Why.LOOK, false);

    /** A hookscript's event other than the start. */
    public static final Request EVENT = new Request(Why.EVENT, false);

    /** The guest is about to start. */
    public static final Request START = new Request(Why.START, false);

    /** An order of the operator. */
    public static Request order(boolean writeBack) {
        return new Request(Why.ORDER, writeBack);
    }

    /** Whether the guest is about to start. */
    public boolean starting() {
        return why == Why.START;
    }

    /** Whether the operator asked for this guest. */
    public boolean confirmed() {
        return why == Why.ORDER;
    }

    /**
     * Two requests that wait for one run. A hookscript's event replaces an earlier one: a post-start says that the start
     * is over. Everything else leaves a start a start.
     */
    public Request and(Request later) {
        boolean replaces = later.why == Why.EVENT || later.why.compareTo(why) > 0;
        return new Request(replaces ? later.why : why, writeBack || later.writeBack);
    }
}
