package net.berth.engine;

/**
 * Why a guest is looked at.
 *
 * @param starting the guest is about to start: nothing is written into its config, whose lock the start holds
 * @param writeBack a person wants the address in its config
 * @param freshRouter the router is read anew
 * @param confirmed a person asked for this very guest: what would be held as a likely mistake is done
 * @param compared a full pass, which knows all rows, found something to do that the guest's own rows may not show
 */
record Ask(boolean starting, boolean writeBack, boolean freshRouter, boolean confirmed, boolean compared) {
    static final Ask LOOK = new Ask(false, false, false);
    static final Ask START = new Ask(true, false, false);

    Ask(boolean starting, boolean writeBack, boolean freshRouter) {
        this(starting, writeBack, freshRouter, false);
    }

    Ask(boolean starting, boolean writeBack, boolean freshRouter, boolean confirmed) {
        this(starting, writeBack, freshRouter, confirmed, false);
    }

    /** What a full pass asks for where it found something to do. */
    static Ask compared(boolean writeBack) {
        return new Ask(false, writeBack, false, false, true);
    }

    /** Two asks that wait for the same run; the later one knows best whether a start is going on. */
    Ask and(Ask later) {
        return new Ask(
                later.starting,
                writeBack || later.writeBack,
                freshRouter || later.freshRouter,
                confirmed || later.confirmed,
                compared || later.compared);
    }

    /** The same for a second look of one run. */
    Ask again() {
        return new Ask(starting, writeBack, false, confirmed, compared);
    }
}
