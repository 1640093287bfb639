package net.berth.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.NetworkReport;
import net.berth.engine.report.PassReport;
import net.berth.engine.status.Event;
import net.berth.model.AddressRange;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.address.AddressSpan;
import net.berth.plan.address.AddressState;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/** Many guests in one network, most of them settled: what the page has to show. */
public final class Fleet {
    /** The first guest's VMID; the others follow. */
    public static final int FIRST = 101;

    private static final int HELD_EACH = 100;
    private static final int CONFLICT_EACH = 250;
    private static final List<String> WORK =
            List.of("web", "db", "mail", "git", "cache", "proxy", "build", "wiki", "media", "backup");

    private Fleet() {}

    /** Gives an engine this many guests: each hundredth is held back, each 250th in conflict. */
    public static void into(FakeBerth berth, int guests) {
        List<AddressSpan> spans = new ArrayList<>();
        List<GuestReport> reports = new ArrayList<>();
        for (int i = 0; i < guests; i++) {
            GuestReport report = guest(i, false);
            reports.add(report);
            spans.add(new AddressSpan(
                    AddressRange.parse(address(i)),
                    AddressState.RUNNING,
                    report.guest().id().toString(),
                    "net0",
                    name(i) + ".home.lan",
                    ""));
        }
        berth.guests.addAll(reports);
        berth.networks.add(new NetworkReport(network(), spans, Reports.READ));
        berth.events.add(new Event.GuestSettled(reports.getFirst().guest().id(), name(0), List.of(address(0))));
    }

    /** What a sync of all these guests finds when nothing is ordered. */
    public static PassReport plain(int guests) {
        return report(guests, false);
    }

    /** What a sync of all these guests finds when it is ordered to write addresses that are held back. */
    public static PassReport ordered(int guests) {
        return report(guests, true);
    }

    private static PassReport report(int guests, boolean orders) {
        List<GuestReport> reports =
                IntStream.range(0, guests).mapToObj(i -> guest(i, orders)).toList();
        return new PassReport(reports, List.of(), List.of(), List.of(), Reports.READ);
    }

    private static Change write(Guest guest, int i) {
        AddressWrite write = new AddressWrite(
                new NicId(guest.id(), 0),
                guest.node(),
                MacAddress.parse("BC:24:11:00:00:01"),
                new NicConfig.Dhcp(),
                new NicConfig.Static(InterfaceAddress.parse(address(i) + "/20"), "10.20.0.1"),
                List.of(),
                "home.lan");
        return new Change.WriteGuest(write, false, false, "NIPAP has this address");
    }

    /** The name of a guest, counted from 0. */
    public static String name(int i) {
        return WORK.get(i % WORK.size()) + "-" + (i + 1);
    }

    /** The address of a guest, counted from 0. */
    public static String address(int i) {
        return "10.20." + (i + 16) / 256 + "." + (i + 16) % 256;
    }

    private static Network network() {
        return new Network(
                "fleet",
                "vmbr0",
                0,
                Prefix.parse("10.20.0.0/20"),
                IpAddress.parse("10.20.0.1"),
                "home.lan",
                List.of(),
                "FLEET",
                List.of());
    }

    private static GuestReport guest(int i, boolean orders) {
        boolean held = i % HELD_EACH == HELD_EACH - 1;
        List<Conflict> conflicts = i % CONFLICT_EACH == CONFLICT_EACH - 1
                ? List.of(new Conflict(
                        ConflictCode.NAME_TAKEN,
                        "net0",
                        name(i) + ".home.lan belongs to home/qemu/" + (FIRST + i - 1) + " at " + address(i - 1),
                        "give one of the two another name: pct set " + (FIRST + i) + " --hostname OTHER"))
                : List.of();
        Guest guest = new Guest(
                new GuestId("home", i % 3 == 0 ? GuestType.LXC : GuestType.QEMU, FIRST + i),
                name(i),
                "pve" + (i % 3 + 1),
                i % 7 == 0 ? GuestStatus.STOPPED : GuestStatus.RUNNING,
                Duration.ofHours(1),
                false,
                "",
                "",
                true,
                "local:snippets/berth-hook",
                List.of(),
                List.of());
        NicView nic = new NicView(
                "net0",
                String.format("BC:24:11:%02X:%02X:%02X", i / 65536, i / 256 % 256, i % 256),
                new NicView.Bound(
                        "fleet", address(i) + "/20", "10.20.0.1", name(i) + ".home.lan", "the lowest free address", ""),
                new NicView.States(
                        EntryState.OK,
                        EntryState.OK,
                        conflicts.isEmpty() ? EntryState.OK : EntryState.FOREIGN,
                        held ? EntryState.HELD : EntryState.OK),
                new NicView.Remarks(held ? "already booted; address comes by DHCP" : "", List.of()));
        List<Change> changes = held && orders ? List.of(write(guest, i)) : List.of();
        GuestState state = conflicts.isEmpty() ? GuestState.SETTLED : GuestState.CONFLICT;
        return new GuestReport(guest, state, List.of(nic), conflicts, changes, "", Reports.READ);
    }
}
