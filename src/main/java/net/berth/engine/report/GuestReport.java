package net.berth.engine.report;

import java.time.Instant;
import java.util.List;
import net.berth.model.Guest;
import net.berth.model.ShownText;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/**
 * The state of one guest: the consistent view of all systems.
 *
 * @param nics what each system holds, NIC by NIC
 * @param conflicts what a human must decide
 * @param changes what is still to be done, in order
 * @param failure what keeps Berth from doing it, in words; empty when nothing does
 * @param asOf when the systems were read for it
 */
public record GuestReport(
        Guest guest,
        GuestState state,
        List<NicView> nics,
        List<Conflict> conflicts,
        List<Change> changes,
        String failure,
        Instant asOf) {

    /** Copies the lists, and bounds the text. */
    public GuestReport {
        failure = ShownText.MESSAGE.cut(failure);
        nics = List.copyOf(nics);
        conflicts = List.copyOf(conflicts);
        changes = List.copyOf(changes);
    }

    /** Whether Berth manages the guest. */
    public boolean managed() {
        return state != GuestState.UNMANAGED;
    }
}
