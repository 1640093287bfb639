package net.berth.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.berth.model.NicId;

/**
 * Keeps what only makes what is missing. The order of writes holds here too: where a NIC's row may not be changed as
 * wished, nothing that rests on it goes to the router or into the guest.
 */
final class CreateOnly {
    private CreateOnly() {}

    /** The changes that may be made, of changes sorted by stage. */
    static List<Change> of(List<Change> sorted) {
        Map<NicId, Change.Stage> stopped = new HashMap<>();
        List<Change> allowed = new ArrayList<>();
        for (Change change : sorted) {
            Change.Stage stop = stopped.getOrDefault(change.nic(), change.stage());
            if (!change.creates()) {
                stopped.putIfAbsent(change.nic(), change.stage());
            } else if (change.stage() == Change.Stage.NOTE || change.stage() == stop) {
                allowed.add(change);
            }
        }
        return allowed;
    }
}
