package net.berth.engine.write;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.engine.read.Reader;
import net.berth.engine.read.WorldFacts;
import net.berth.engine.run.Facts;
import net.berth.engine.run.Planning;
import net.berth.engine.run.Run;
import net.berth.engine.world.World;
import net.berth.model.GuestId;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;

/**
 * Plans the runs of a batch anew while this receiver holds the lock on the router: by the rows as they are now, read in
 * one call, and the config as it is now. A row that changes after that read has a receiver behind it that takes the lock
 * later. So no receiver can bring an old state onto the router.
 */
public final class LockedPlanner {
    private final World world;
    private final Reader reader;
    private final WorldFacts facts;
    private final Planning planning;

    public LockedPlanner(World world, Reader reader, WorldFacts facts, Planning planning) {
        this.world = world;
        this.reader = reader;
        this.facts = facts;
        this.planning = planning;
    }

    /** The router's changes of each run. A run without an entry is to be read and planned again. */
    Map<Run, List<Change>> changes(List<Run> runs, RouterView current) {
        Map<GuestId, List<AddressRow>> rows =
                reader.rowsOf(runs.stream().map(Run::id).toList());
        Map<Run, List<Change>> changes = new HashMap<>();
        Set<GuestId> planned = new HashSet<>();
        for (Run run : runs) {
            // Of two runs for one guest the second is planned again when the first has done its part.
            if (planned.add(run.id())) {
                plan(run, rows.getOrDefault(run.id(), List.of()), current);
                if (!run.plan().has(Stage.INTENT)) {
                    changes.put(run, run.plan().changes(Stage.ROUTER));
                }
            }
        }
        return changes;
    }

    private void plan(Run run, List<AddressRow> own, RouterView current) {
        planning.plan(run, Facts.ofOwn(own, true, current, true, world.now()));
        if (run.plan().needsAllRows()) {
            planning.plan(run, facts.whole(run, current));
        }
    }
}
