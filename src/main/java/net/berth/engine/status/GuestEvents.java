package net.berth.engine.status;

import java.util.List;
import java.util.Optional;
import net.berth.engine.report.GuestReport;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.LastState;
import net.berth.engine.world.World;
import net.berth.model.Guest;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/** Makes events of what differs from the state in which a guest was last reported. */
public final class GuestEvents {
    private final EventLog events;
    private final World world;

    /** With the log of events, and what is remembered of guests. */
    public GuestEvents(EventLog events, World world) {
        this.events = events;
        this.world = world;
    }

    /** A run for the guest has ended. */
    public void worked(GuestReport report) {
        report(report, true);
    }

    /** A pass has ended. That a settled guest was seen is not an event for a receiver that has just started. */
    public void after(GuestReport report, boolean changed) {
        report(report, changed);
    }

    private void report(GuestReport report, boolean firstIsNews) {
        // A guest that is pending keeps its last state until it is settled or in conflict.
        if (report.state() != GuestState.SETTLED && report.state() != GuestState.CONFLICT) {
            return;
        }
        Guest guest = report.guest();
        GuestRecord record = world.guest(guest.id());
        LastState now = new LastState(
                self(guest),
                report.state() == GuestState.SETTLED,
                report.nics().stream()
                        .map(NicView::address)
                        .filter(address -> !address.isEmpty())
                        .toList(),
                report.conflicts());
        Optional<LastState> last = record.lastState();
        if (last.filter(now::equals).isEmpty()) {
            record.lastState(now);
        }
        boolean unchanged = last.filter(before -> before.settled()
                        && before.self().equals(now.self())
                        && before.addresses().equals(now.addresses()))
                .isPresent();
        if (now.settled() && (last.isEmpty() ? firstIsNews : !unchanged)) {
            events.add(new Event.GuestSettled(guest.id(), guest.name(), now.addresses()));
        }
        boolean known = last.filter(before -> before.conflicts().equals(now.conflicts()))
                .isPresent();
        if (!now.conflicts().isEmpty() && !known) {
            events.add(new Event.GuestConflict(guest.id(), guest.name(), now.conflicts()));
        }
    }

    /** Changes were carried out. It was drift if the guest was settled and neither its name nor its NICs have changed. */
    public void applied(Guest guest, List<Change> changes) {
        boolean drift = world.guest(guest.id())
                .lastState()
                .filter(before -> before.settled() && before.self().equals(self(guest)))
                .isPresent();
        if (drift) {
            changes.stream()
                    .filter(change -> change.stage() != Stage.NOTE)
                    .forEach(change -> events.add(new Event.DriftMended(change.nic(), change.what(), change.reason())));
        }
    }

    private static String self(Guest guest) {
        StringBuilder self = new StringBuilder(guest.id() + " " + guest.name());
        guest.nics().forEach(nic -> self.append(' ')
                .append(nic.id().name())
                .append(' ')
                .append(nic.mac())
                .append(' ')
                .append(nic.bridge())
                .append(' ')
                .append(nic.vlan()));
        return self.toString();
    }
}
