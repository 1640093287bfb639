package net.berth.engine;

import java.util.ArrayList;
import java.util.List;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Ipam.Claim;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries changes out, each kind by its port, and logs each with its reason. */
final class Applier {
    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final Ipam ipam;
    private final RouterLane router;
    private final EventLog events;

    Applier(Ipam ipam, RouterLane router, EventLog events) {
        this.ipam = ipam;
        this.router = router;
        this.events = events;
    }

    /** Carries out changes of NIPAP rows; false when one was no longer possible as planned. */
    boolean rows(List<Change> changes) {
        for (Change change : changes) {
            boolean done =
                    switch (change) {
                        case Change.Claim claim -> ipam.claim(claim.row()) instanceof Claim.Made;
                        case Change.Edit edit ->
                            ipam.edit(edit.row(), edit.edit()).isPresent();
                        case Change.Free free -> ipam.remove(free.row());
                        case Change.OnRouter other -> throw misplaced(other);
                        case Change.WriteGuest other -> throw misplaced(other);
                    };
            if (!done) {
                LOG.info("{}: {} was overtaken; looking again", change.nic(), change.what());
                return false;
            }
            Decision.done(LOG, change);
            tell(change);
        }
        return true;
    }

    private void tell(Change change) {
        switch (change) {
            case Change.Claim claim ->
                events.add(new Event.AddressClaimed(claim.nic(), claim.row().address(), claim.reason()));
            case Change.Edit edit -> {
                if (edit.adopts()) {
                    events.add(new Event.AddressClaimed(edit.nic(), edit.row().address(), edit.reason()));
                }
            }
            case Change.Free free ->
                events.add(new Event.AddressReleased(free.nic(), free.row().address(), free.reason()));
            case Change.OnRouter other -> {}
            case Change.WriteGuest other -> {}
        }
    }

    /**
     * What became of the router's changes.
     *
     * @param moved whether anything was done or must be planned anew
     * @param refused conflicts in the router's own words
     */
    record OnRouter(boolean moved, List<Conflict> refused) {}

    /** Carries out the router's changes of one guest in the lane's next batch. */
    OnRouter router(List<Change> changes) {
        List<Change.OnRouter> wanted =
                changes.stream().map(change -> (Change.OnRouter) change).toList();
        List<RouterChange> parts = wanted.stream().map(Change.OnRouter::change).toList();
        List<Router.Outcome> outcomes = router.apply(parts);
        List<Conflict> refused = new ArrayList<>();
        boolean moved = false;
        for (int i = 0; i < wanted.size(); i++) {
            Change.OnRouter change = wanted.get(i);
            switch (outcomes.get(i)) {
                case Router.Outcome.Done done -> {
                    moved = true;
                    Decision.done(LOG, change);
                }
                case Router.Outcome.Stale stale -> {
                    moved = true;
                    LOG.info(
                            "{}: {} did not go on the router: {}; looking again",
                            change.nic(),
                            change.what(),
                            stale.why());
                }
                case Router.Outcome.Refused no -> {
                    LOG.warn("{}: the router refused to {}: {}", change.nic(), change.what(), no.text());
                    refused.add(refusal(change, no.text()));
                }
                case Router.Outcome.Later later ->
                    throw new PeerException(
                            Peer.ROUTER,
                            PeerException.Kind.DOWN,
                            "the router could not " + change.what() + " now: " + later.why());
            }
        }
        return new OnRouter(moved, refused);
    }

    private static Conflict refusal(Change.OnRouter change, String text) {
        return new Conflict(
                ConflictCode.ROUTER_REFUSED,
                change.nic().name(),
                "the router refused to " + change.what() + ": " + text,
                "change what the router complains about, then: berth sync "
                        + change.nic().guest().vmid());
    }

    private static IllegalStateException misplaced(Change change) {
        return new IllegalStateException(change.what() + " is no change of a row");
    }
}
