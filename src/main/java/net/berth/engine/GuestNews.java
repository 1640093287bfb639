package net.berth.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.model.Guest;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.Conflict;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/** Tells what is new about guests: remembers how each stood last, and makes an event only of what differs. */
final class GuestNews {
    private final EventLog events;
    private final Tally tally;
    private final Map<Integer, Standing> last = new ConcurrentHashMap<>();

    GuestNews(EventLog events, Tally tally) {
        this.events = events;
        this.tally = tally;
    }

    /**
     * How a guest stood.
     *
     * @param self what a person changes on purpose: its name and its NICs
     * @param settled whether all systems held what they should
     * @param addresses its addresses
     * @param conflicts its conflicts
     */
    private record Standing(String self, boolean settled, List<String> addresses, List<Conflict> conflicts) {}

    /** After a run for the guest. */
    void worked(GuestReport report) {
        tally.guest(report);
        tell(report, true);
    }

    /** A pass has seen the guest: one that has been settled for long is no news to a receiver that just began. */
    void seen(GuestReport report) {
        tell(report, false);
    }

    private void tell(GuestReport report, boolean firstIsNews) {
        // A guest on its way is told of when it is there; until then it counts as it was.
        if (report.state() != GuestState.SETTLED && report.state() != GuestState.CONFLICT) {
            return;
        }
        Guest guest = report.guest();
        Standing now = new Standing(
                self(guest),
                report.state() == GuestState.SETTLED,
                report.nics().stream()
                        .map(NicView::address)
                        .filter(address -> !address.isEmpty())
                        .toList(),
                report.conflicts());
        Standing before = now.equals(last.get(guest.id().vmid()))
                ? now
                : last.put(guest.id().vmid(), now);
        boolean first = before == null;
        boolean restful = !first
                && before.settled()
                && before.self().equals(now.self())
                && before.addresses().equals(now.addresses());
        if (now.settled() && (first ? firstIsNews : !restful)) {
            events.add(new Event.GuestSettled(guest.id(), guest.name(), now.addresses()));
        }
        boolean known = !first && before.conflicts().equals(now.conflicts());
        if (!now.conflicts().isEmpty() && !known) {
            events.add(new Event.GuestConflict(guest.id(), guest.name(), now.conflicts()));
        }
    }

    /** Changes were carried out: drift was mended if the guest was settled and is itself as it was. */
    void applied(Guest guest, List<Change> changes) {
        Standing before = last.get(guest.id().vmid());
        if (before == null || !before.settled() || !before.self().equals(self(guest))) {
            return;
        }
        changes.stream()
                .filter(change -> change.stage() != Stage.NOTE)
                .forEach(change -> events.add(new Event.DriftMended(change.nic(), change.what(), change.reason())));
    }

    /** The guest is gone; one with its number will be another. */
    void gone(int vmid) {
        tally.gone(vmid);
        last.remove(vmid);
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
