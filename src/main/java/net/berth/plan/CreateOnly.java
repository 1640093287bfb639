package net.berth.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.berth.model.NicId;

/**
 * Keeps what only makes what is missing. The order of writes holds here too: where a NIC's row may not be changed as
 * wished, nothing that depends on it goes to the router or into the guest.
 */
final class CreateOnly {
    private CreateOnly() {}

    /** The changes that may be made, of changes sorted by stage. */
    static List<Change> of(List<Change> sorted) {
        Map<NicId, Change.Stage> stopped = new HashMap<>();
        List<Change> allowed = new ArrayList<>();
        for (Change change : sorted) {
            if (!change.creates()) {
                stopped.putIfAbsent(change.nic(), change.stage());
            } else if (!depends(change, stopped)) {
                allowed.add(change);
            }
        }
        return allowed;
    }

    /** Entries of the router are apart from each other; a NIC's rows are not, since a NIC has one. */
    private static boolean depends(Change change, Map<NicId, Change.Stage> stopped) {
        Change.Stage stop = stopped.get(change.nic());
        return stop != null
                && change.stage() != Change.Stage.NOTE
                && (stop == Change.Stage.INTENT || change.stage() != stop);
    }
}
