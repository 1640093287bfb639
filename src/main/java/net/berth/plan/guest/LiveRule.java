package net.berth.plan.guest;

import java.util.ArrayList;
import java.util.List;
import net.berth.model.Guest;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.LiveAddress;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.NicView;

/**
 * Holds the addresses that a guest really has against its bindings. Only said, never acted upon: a NIC is known by its
 * MAC, so bridges of containers inside the guest do not count, and a NIC that has more addresses beside its own is right.
 */
public final class LiveRule {
    private LiveRule() {}

    /** The plan with what its NICs really have, and a conflict for each that lacks its bound address. */
    public static GuestPlan compare(GuestPlan plan, List<LiveAddress> live) {
        if (live.isEmpty()) {
            return plan;
        }
        List<Conflict> conflicts = new ArrayList<>(plan.conflicts());
        List<NicView> nics = new ArrayList<>();
        for (NicView nic : plan.nics()) {
            List<IpAddress> has = live.stream()
                    .filter(each -> each.mac().text().equals(nic.mac()))
                    .map(LiveAddress::address)
                    .distinct()
                    .sorted()
                    .toList();
            boolean differs = differs(nic, has);
            nics.add(with(nic, differs ? EntryState.DIFFERS : nic.guest(), has));
            if (differs && !isToldAlready(plan, nic)) {
                conflicts.add(conflict(plan.guest(), nic, has));
            }
        }
        return new GuestPlan(plan.guest(), plan.managed(), plan.needsAllRows(), plan.changes(), conflicts, nics);
    }

    /** Whether a NIC lacks its bound address; one without any address may be on its way up. */
    private static boolean differs(NicView nic, List<IpAddress> has) {
        return !nic.address().isEmpty() && !has.isEmpty() && !has.contains(bound(nic));
    }

    private static IpAddress bound(NicView nic) {
        return InterfaceAddress.parse(nic.address()).address();
    }

    /** Its config tells the same, or is about to be put right. */
    private static boolean isToldAlready(GuestPlan plan, NicView nic) {
        boolean told = plan.conflicts().stream()
                .anyMatch(conflict -> conflict.nic().equals(nic.name())
                        && (conflict.code() == ConflictCode.GUEST_DIFFERS
                                || conflict.code() == ConflictCode.ADDRESS_TAKEN));
        return told
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
                        + " to it" + (nic.note().isEmpty() ? "" : ": " + nic.note()),
                "in the guest: let it use DHCP and renew its lease, or set " + nic.address()
                        + " there; a restart renews" + " a lease, too");
    }

    private static NicView with(NicView nic, EntryState guest, List<IpAddress> live) {
        return new NicView(
                nic.name(),
                nic.mac(),
                nic.network(),
                nic.address(),
                nic.gateway(),
                nic.fqdn(),
                nic.ipam(),
                nic.dhcp(),
                nic.dns(),
                guest,
                nic.note(),
                live,
                nic.origin(),
                nic.claimed());
    }
}
