package net.berth.http.json;

import java.util.List;
import java.util.Locale;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.router.RouterChange;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.view.NicView;

/**
 * Guests in the API, with their conflicts and changes. Every key is always present, null where there is no value. Only the
 * guest's changes and failure and its NICs' notes, live addresses, origin and time of claim are left out while they are empty.
 */
public final class GuestJson {
    private GuestJson() {}

    /** All guests; a guest's own {@code asOf} can be later than the common one. */
    public static Fields all(PassReport report) {
        return new Fields().each("items", report.guests(), GuestJson::of).time("asOf", report.asOf());
    }

    public static Fields of(GuestReport report) {
        Guest guest = report.guest();
        return new Fields()
                .with("id", guest.id())
                .with("vmid", guest.id().vmid())
                .with("type", guest.id().type())
                .orNull("name", guest.name())
                .with("node", guest.node())
                .with("status", guest.status())
                .with("state", report.state())
                .each("nics", report.nics(), GuestJson::nic)
                .with("conflicts", conflicts(report.conflicts()))
                .unlessEmpty("changes", changes(report))
                .unlessEmpty("failure", report.failure())
                .time("asOf", report.asOf());
    }

    private static Fields nic(NicView nic) {
        return new Fields()
                .with("name", nic.name())
                .with("mac", nic.mac())
                .orNull("network", nic.binding().network())
                .orNull("address", nic.binding().address())
                .orNull("gateway", nic.binding().gateway())
                .orNull("fqdn", nic.binding().fqdn())
                .with("ipam", nic.states().ipam())
                .with("dhcp", nic.states().dhcp())
                .with("dns", nic.states().dns())
                .with("guest", nic.states().guest())
                .unlessEmpty("note", nic.remarks().note())
                .unlessEmpty(
                        "live",
                        nic.remarks().live().stream().map(IpAddress::toString).toList())
                .unlessEmpty("origin", nic.binding().origin())
                .unlessEmpty("claimed", nic.binding().claimed());
    }

    /** Conflicts of one guest; {@code nic} is null for one that concerns the whole guest. */
    public static List<Fields> conflicts(List<Conflict> conflicts) {
        return conflicts.stream().map(one -> conflict(new Fields(), one)).toList();
    }

    static Fields conflict(Fields fields, Conflict conflict) {
        return fields.with("code", conflict.code().name())
                .orNull("nic", conflict.nic())
                .with("message", conflict.message())
                .with("fix", conflict.fix());
    }

    static List<Fields> changes(GuestReport report) {
        return report.changes().stream()
                .map(change -> change(change, report.guest().name()))
                .toList();
    }

    /** A change; the name is null if the guest has none or is gone. */
    static Fields change(Change change, String name) {
        return new Fields()
                .with("guest", change.nic().guest())
                .orNull("name", name)
                .with("nic", change.nic().name())
                .with("system", system(change))
                .with("stage", change.stage().name().toLowerCase(Locale.ROOT))
                .with("action", change.what())
                .with("reason", change.reason());
    }

    /** As in a NIC's state. */
    private static String system(Change change) {
        return switch (change) {
            case Change.Claim claim -> "ipam";
            case Change.Edit edit -> "ipam";
            case Change.Free free -> "ipam";
            case Change.WriteGuest write -> "guest";
            case Change.OnRouter onRouter ->
                switch (onRouter.change()) {
                    case RouterChange.PutMapping put -> "dhcp";
                    case RouterChange.RemoveMapping remove -> "dhcp";
                    case RouterChange.PutRecord put -> "dns";
                    case RouterChange.RemoveRecord remove -> "dns";
                };
        };
    }
}
