package net.berth.cli;

import net.berth.engine.report.PassSteps.Part;

/**
 * How far something is.
 *
 * @param what what is being done, in words
 * @param done of {@code total}, never more
 * @param total how much there is to do; 0 when nobody knows
 */
record Bar(String what, int done, int total) {
    static final Bar UNKNOWN = new Bar("", 0, 0);

    /** Numbers that cannot be are those of another program: nothing is known then. */
    Bar {
        if (total < 0 || done < 0) {
            done = 0;
            total = 0;
        }
        done = Math.min(done, total);
    }

    static Bar of(Part part, int done, int total) {
        String what =
                switch (part) {
                    case READING -> "reading and comparing guests:";
                    case MENDING -> "bringing guests to what NIPAP says:";
                    case LOOKING -> "looking:";
                };
        return new Bar(what, done, total);
    }

    boolean known() {
        return total > 0;
    }
}
