package net.berth.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.NetworkReport;
import net.berth.model.AddressRange;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.address.AddressSpan;
import net.berth.plan.address.AddressState;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/** Guests for the tests of the receiver and the command line. */
public final class Reports {
    /** When the systems were read for all reports here. */
    public static final Instant READ = Instant.parse("2026-11-20T10:00:00Z");

    /** The name of the second guest with that name. */
    public static final Conflict NAME_TAKEN = new Conflict(
            ConflictCode.NAME_TAKEN, "net0", "web.home.lan belongs to home/qemu/100", "rename this guest in Proxmox");

    /** The address of another guest. */
    public static final Conflict ADDRESS_TAKEN =
            new Conflict(ConflictCode.ADDRESS_TAKEN, "net0", "192.168.1.20 belongs to web", "remove it from ipconfig0");

    private Reports() {}

    /** A guest at rest. */
    public static GuestReport settled() {
        return report(101, "web", GuestState.SETTLED, List.of(nic("192.168.1.20/24", EntryState.OK, "")), List.of());
    }

    /** A guest without its second-best wish. */
    public static GuestReport conflict(Conflict conflict) {
        return report(
                102,
                "web2",
                GuestState.CONFLICT,
                List.of(nic("192.168.1.21/24", EntryState.OK, "")),
                List.of(conflict));
    }

    /** A guest whose config is left alone for now. */
    public static GuestReport held() {
        NicView nic = nic("192.168.1.23/24", EntryState.HELD, "already booted; address comes by DHCP");
        return report(104, "db", GuestState.SETTLED, List.of(nic), List.of());
    }

    /** A guest whose row says when and how its address was claimed. */
    public static GuestReport claimed() {
        GuestReport plain = report(106, "dated", GuestState.SETTLED, List.of(), List.of());
        AddressRow row = new AddressRow(
                1,
                IpAddress.parse("192.168.1.24"),
                AddressRow.SOURCE,
                new NicId(plain.guest().id(), 0).externalKey(),
                "dated",
                "web.home.lan",
                RowStatus.ASSIGNED,
                List.of("berth"),
                Map.of(RowAttributes.ORIGIN, "the lowest free address", RowAttributes.CLAIMED, "2026-11-20T18:03:07Z"));
        List<NicView> nics = List.of(nic("192.168.1.24/24", EntryState.OK, "").claimedBy(row));
        return report(106, "dated", GuestState.SETTLED, nics, List.of());
    }

    /** A guest that has no address yet. */
    public static GuestReport pending() {
        NicView nic = new NicView(
                "net0",
                "BC:24:11:00:00:03",
                new NicView.Bound("lan", "", "192.168.1.1", "", "", ""),
                new NicView.States(
                        EntryState.MISSING, EntryState.MISSING, EntryState.MISSING, EntryState.NOT_APPLICABLE),
                NicView.Remarks.NONE);
        GuestReport plain = report(103, "new", GuestState.PENDING, List.of(nic), List.of());
        NewRow row = new NewRow(
                new NicId(plain.guest().id(), 0),
                IpAddress.parse("192.168.1.22"),
                "new",
                "new.home.lan",
                RowStatus.RESERVED,
                Map.of());
        return new GuestReport(
                plain.guest(),
                plain.state(),
                plain.nics(),
                List.of(),
                List.of(new Change.Claim(row, "net0 has no address yet")),
                "",
                READ);
    }

    /** A guest that could not be dealt with. */
    public static GuestReport failing() {
        GuestReport plain = report(105, "sad", GuestState.FAILING, List.of(), List.of());
        return new GuestReport(
                plain.guest(), plain.state(), List.of(), List.of(), List.of(), "NIPAP does not answer", READ);
    }

    /** A guest that is none of Berth's. */
    public static GuestReport unmanaged() {
        return report(150, "handmade", GuestState.UNMANAGED, List.of(), List.of());
    }

    /** A network of four addresses. */
    public static NetworkReport network(String name, Instant asOf) {
        Network lan = new Network(
                name,
                "vmbr0",
                0,
                Prefix.parse("192.168.1.0/30"),
                IpAddress.parse("192.168.1.1"),
                "home.lan",
                List.of(),
                "LAN",
                List.of());
        return new NetworkReport(
                lan,
                List.of(
                        new AddressSpan(
                                AddressRange.parse("192.168.1.0-192.168.1.1"), AddressState.EXCLUDED, "", "", "", ""),
                        new AddressSpan(
                                AddressRange.parse("192.168.1.2"),
                                AddressState.RUNNING,
                                "home/qemu/101",
                                "net0",
                                "web.home.lan",
                                ""),
                        new AddressSpan(
                                AddressRange.parse("192.168.1.3"), AddressState.EXCLUDED, "", "", "", "broadcast")),
                asOf);
    }

    private static GuestReport report(
            int vmid, String name, GuestState state, List<NicView> nics, List<Conflict> conflicts) {
        Guest guest = new Guest(
                new GuestId("home", GuestType.QEMU, vmid),
                name,
                "pve1",
                GuestStatus.RUNNING,
                Duration.ofHours(1),
                false,
                "",
                "",
                true,
                "local:snippets/berth-hook",
                List.of(),
                List.of());
        return new GuestReport(guest, state, nics, conflicts, List.of(), "", READ);
    }

    private static NicView nic(String address, EntryState guest, String note) {
        return new NicView(
                "net0",
                "BC:24:11:00:00:01",
                new NicView.Bound("lan", address, "192.168.1.1", "web.home.lan", "", ""),
                new NicView.States(EntryState.OK, EntryState.OK, EntryState.OK, guest),
                new NicView.Remarks(note, List.of()));
    }
}
