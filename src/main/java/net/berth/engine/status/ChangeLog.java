package net.berth.engine.status;

import java.util.List;
import java.util.Optional;
import net.berth.engine.report.GuestReport;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.GuestRecord.LastState;
import net.berth.engine.world.World;
import net.berth.model.Guest;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what became of each change, with its reason, and adds the events of rows and guests. */
public record ChangeLog(EventLog events, World world) {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

    /** A change was carried out. */
    public void done(Change change) {
        LOG.atInfo()
                .addKeyValue("guest", change.nic().guest())
                .addKeyValue("nic", change.nic().name())
                .addKeyValue("action", change.what())
                .addKeyValue("reason", change.reason())
                .log("{}: {}, because {}", change.nic(), change.what(), change.reason());
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

    /** A change of a row was lost: the row is not as it was read. */
    public void lost(Change change) {
        LOG.info("{}: could not {}: the row has changed meanwhile; planning again", change.nic(), change.what());
    }

    /** A change was not sent to the router. */
    public void stale(Change change, String why) {
        LOG.info("{}: did not {}: {}; planning again", change.nic(), change.what(), why);
    }

    /** A system refused a change. */
    public void refused(Change change, String system, String why) {
        LOG.warn("{}: {} refused to {}: {}", change.nic(), system, change.what(), why);
    }

    /** A write into a config is tried again later. */
    public void waits(Change change, String why) {
        LOG.info("{}: {} waits: {}", change.nic(), change.what(), why);
    }

    /**
     * A run for a guest or a pass has ended: makes events of what differs from the state in which the guest was last reported.
     *
     * @param firstIsNews whether it is an event that a settled guest is seen for the first time; not for a receiver that has
     *     just started
     */
    public void worked(GuestReport report, boolean firstIsNews) {
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
