package net.berth.engine.port;

import java.util.List;
import java.util.Map;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/** A batch whose changes are known before the router is read, for a caller that waits for all of them. */
public record KnownBatch(List<RouterChange> known) implements Router.Batch {
    public static Router.Batch of(List<RouterChange> changes) {
        return new KnownBatch(List.copyOf(changes));
    }

    @Override
    public List<RouterChange> changes(RouterView current) {
        return known;
    }

    @Override
    public void settled(Map<Integer, Router.Outcome> outcomes, RouterView after) {}
}
