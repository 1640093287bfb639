package net.berth.engine;

import net.berth.plan.Change;
import org.slf4j.Logger;

/** One line in the log for each change that was carried out, in the words of the plan. */
final class Decision {
    private Decision() {}

    /** Tells it; a log for machines has the parts as well. */
    static void done(Logger log, Change change) {
        log.atInfo()
                .addKeyValue("guest", change.nic().guest())
                .addKeyValue("nic", change.nic().name())
                .addKeyValue("action", change.what())
                .addKeyValue("reason", change.reason())
                .log("{}: {}, because {}", change.nic(), change.what(), change.reason());
    }
}
