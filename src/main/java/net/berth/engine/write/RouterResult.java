package net.berth.engine.write;

import java.util.List;
import net.berth.plan.Conflict;

/** What became of one run's part of a batch on the router. */
public sealed interface RouterResult {

    /** All that the run asked for is on the router, or was there already. */
    record Done() implements RouterResult {}

    /**
     * The guest is to be read and planned again.
     *
     * @param why what has changed, or what held the router
     */
    record Again(String why) implements RouterResult {}

    /**
     * The router refused a part.
     *
     * @param conflicts in the router's own words
     */
    record Refused(List<Conflict> conflicts) implements RouterResult {
        /** Copies the list. */
        public Refused {
            conflicts = List.copyOf(conflicts);
        }
    }
}
