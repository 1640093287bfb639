package net.berth.edgemax.commit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.ssh.RouterText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what is not Berth's before and after a commit. The lines that Berth sends name single entries, so a difference
 * elsewhere is an admin's commit of the same moment; it is logged, not undone.
 */
final class ForeignLines {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignLines.class);

    private ForeignLines() {}

    /** Logs what differs. */
    static void report(ChangePlan plan, ActiveConfig before, ActiveConfig after) {
        List<String> lost = minus(plan, before, after);
        List<String> found = minus(plan, after, before);
        if (!lost.isEmpty() || !found.isEmpty()) {
            LOG.warn(
                    "while Berth committed, an admin changed the router's config: removed {}, added {}",
                    RouterText.printable(lost.toString()),
                    RouterText.printable(found.toString()));
        }
    }

    /** Lines of the first that the second does not have, outside of the nodes that were edited. */
    static List<String> minus(ChangePlan plan, ActiveConfig first, ActiveConfig second) {
        Set<String> rest = new LinkedHashSet<>();
        first.lines().stream().filter(line -> !plan.touches(line)).forEach(line -> rest.add(line.text()));
        second.lines().forEach(line -> rest.remove(line.text()));
        return List.copyOf(rest);
    }
}
