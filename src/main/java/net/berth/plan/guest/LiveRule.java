package net.berth.plan.guest;

import java.util.ArrayList;
import java.util.List;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.NicView;

/**
 * Compares the addresses that a guest really has with its bindings. Only shown, never acted upon: a NIC is known by its
 * MAC, so bridges of containers inside the guest do not count, and a NIC that has more addresses beside its own is right.
 */
public final class LiveRule {
    private LiveRule() {}

    /** The plan with what its NICs really have, and a conflict for each that lacks its bound address. */
    public static GuestPlan compare(GuestPlan plan, List<LiveAddress> live) {
        if (live.isEmpty()) {
            return plan;
        }
        GuestPlan shown = plan;
        List<NicView> nics = new ArrayList<>();
        for (NicView nic : plan.nics()) {
            List<IpAddress> has = live.stream()
                    .filter(each -> each.mac().text().equals(nic.mac()))
                    .map(LiveAddress::address)
                    .distinct()
                    .sorted()
                    .toList();
            boolean differs = differs(nic, has);
            nics.add(nic.withLive(
                    has, differs ? EntryState.DIFFERS : nic.states().guest()));
            if (differs && !isReported(plan, nic)) {
                shown = shown.and(conflict(plan.guest(), nic, has));
            }
        }
        return shown.withNics(nics);
    }

    /** Whether a NIC lacks its bound address; one without any address may be on its way up. */
    private static boolean differs(NicView nic, List<IpAddress> has) {
        return !nic.address().isEmpty() && !has.isEmpty() && !has.contains(bound(nic));
    }

    private static IpAddress bound(NicView nic) {
        return InterfaceAddress.parse(nic.address()).address();
    }

    /** A conflict already says so, or Berth is about to correct the guest's config. */
    private static boolean isReported(GuestPlan plan, NicView nic) {
        boolean reported = plan.conflicts().stream()
                .anyMatch(conflict -> conflict.nic().equals(nic.name())
                        && (conflict.code() == ConflictCode.GUEST_DIFFERS
                                || conflict.code() == ConflictCode.ADDRESS_TAKEN));
        return reported
                || plan.changes(Change.Stage.GUEST).stream()
                        .anyMatch(change -> change.nic().name().equals(nic.name()));
    }

    private static Conflict conflict(Guest guest, NicView nic, List<IpAddress> has) {
        String addresses =
                String.join(" and ", has.stream().map(IpAddress::toString).toList());
        return new Conflict(
                ConflictCode.GUEST_DIFFERS,
                nic.name(),
                guest.title() + " " + nic.name() + " really has " + addresses + ", but NIPAP binds " + bound(nic)
                        + " to it"
                        + (nic.remarks().note().isEmpty()
                                ? ""
                                : ": " + nic.remarks().note()),
                "in the guest: let it use DHCP and renew its lease, or set " + nic.address()
                        + " there; a restart renews" + " a lease, too");
    }
}
