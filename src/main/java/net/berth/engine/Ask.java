package net.berth.engine;

/**
 * Why a guest is looked at.
 *
 * @param starting the guest is about to start: nothing is written into its config, whose lock the start holds
 * @param writeBack a person wants the address in its config
 * @param freshRouter the router is read anew
 * @param confirmed a person asked for this very guest: what would be held as a likely mistake is done
 */
record Ask(boolean starting, boolean writeBack, boolean freshRouter, boolean confirmed) {
    static final Ask LOOK = new Ask(false, false, false);
    static final Ask START = new Ask(true, false, false);

    Ask(boolean starting, boolean writeBack, boolean freshRouter) {
        this(starting, writeBack, freshRouter, false);
    }

    /** Two asks that wait for the same run; the later one knows best whether a start is going on. */
    Ask and(Ask later) {
        return new Ask(
                later.starting,
                writeBack || later.writeBack,
                freshRouter || later.freshRouter,
                confirmed || later.confirmed);
    }

    /** The same for a second look of one run. */
    Ask again() {
        return new Ask(starting, writeBack, false, confirmed);
    }
}
