package net.berth.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.entry.ReleaseRule;

/** What must be true when nothing has gone wrong for a while. */
final class Rest {
    private final World world;
    private final Causes causes;
    private final Set<Integer> held = new TreeSet<>();

    Rest(World world) {
        this.world = world;
        this.causes = new Causes(world);
    }

    /** All systems hold what they should, for every guest that is there. */
    void converged() {
        held.clear();
        for (Life life : world.lives) {
            Optional<PassReport> report = world.ask(life, engine -> engine.plan());
            if (report.isEmpty()) {
                world.judge.fail(life + " cannot look although nothing is wrong");
                return;
            }
            PassReport pass = report.get();
            Set<GuestId> kept = kept(pass);
            for (GuestReport guest : pass.guests()) {
                nothingToDo(life, guest);
                if (!kept.contains(guest.guest().id())) {
                    conflict(guest, kept);
                }
            }
            for (Vm vm : world.pve.all()) {
                if (vm.hook) {
                    guest(vm, pass);
                }
            }
        }
    }

    /** No receiver plans to change anything. */
    void nothingToDo() {
        for (Life life : world.lives) {
            world.ask(life, engine -> engine.plan())
                    .ifPresentOrElse(
                            pass -> pass.guests().forEach(guest -> nothingToDo(life, guest)),
                            () -> world.judge.fail(life + " cannot look although nothing is wrong"));
        }
    }

    private void nothingToDo(Life life, GuestReport guest) {
        // A quarantine may end at any moment; what it leaves is looked for later.
        guest.changes().stream()
                .filter(change -> !(change instanceof Change.Free)
                        && !(change instanceof Change.Edit edit && edit.edit().givesBack()))
                .findFirst()
                .ifPresent(change -> world.judge.fail("after two passes " + life + " still has to do: " + change.what()
                        + ", because " + change.reason()));
    }

    /** Guests that were found held at rest, as more of them than may be would let go of an address. */
    Set<Integer> held() {
        return held;
    }

    /** Guests that are held: they, and others for their sake, are told of what would be if they were let go. */
    private static Set<GuestId> kept(PassReport pass) {
        return pass.guests().stream()
                .filter(guest ->
                        guest.conflicts().stream().anyMatch(found -> found.code() == ConflictCode.RELEASE_HELD))
                .map(guest -> guest.guest().id())
                .collect(Collectors.toSet());
    }

    /** Whatever a person is told has a cause that they find where it says so. */
    private void conflict(GuestReport guest, Set<GuestId> kept) {
        for (Conflict conflict : guest.conflicts()) {
            boolean ofKept = kept.stream().anyMatch(other -> conflict.message().contains(other + " "));
            if (!ofKept && !causes.explain(guest.guest(), conflict)) {
                world.judge.fail("a conflict without cause: " + guest.guest().title() + " " + conflict);
            }
        }
    }

    private void guest(Vm vm, PassReport pass) {
        Optional<GuestReport> report = pass.guests().stream()
                .filter(found -> found.guest().id().equals(vm.id))
                .findFirst();
        if (report.isEmpty()) {
            world.judge.fail(vm.id + " is in no report");
            return;
        }
        boolean clean = report.get().conflicts().isEmpty();
        if (report.get().conflicts().stream().anyMatch(conflict -> conflict.code() == ConflictCode.RELEASE_HELD)) {
            held.add(vm.id.vmid());
        }
        for (Nic nic : vm.nics.values()) {
            nic(vm, nic, clean);
        }
    }

    private void nic(Vm vm, Nic nic, boolean clean) {
        Network network = world.scene.network(nic);
        List<AddressRow> rows = world.nipap.live(nic.id()).stream()
                .filter(row -> network.prefix().contains(row.address()))
                .toList();
        if (rows.size() > 1 || (clean && rows.isEmpty())) {
            world.judge.fail(nic.id() + " has " + rows.size() + " rows: " + rows);
            return;
        }
        if (rows.isEmpty()) {
            return;
        }
        AddressRow row = rows.getFirst();
        if (held.contains(vm.id.vmid()) && !row.avp(RowAttributes.UUID).equals(vm.uuid)) {
            // Of the machine that had the number before; until a person has spoken it is kept as it is.
            return;
        }
        RowStatus status = vm.running ? RowStatus.ASSIGNED : RowStatus.RESERVED;
        // One that is held is kept under its old name and MAC too; after a person's word it must have the new ones.
        boolean followed = held.contains(vm.id.vmid())
                || (row.node().equals(vm.name)
                        && row.avp(RowAttributes.MAC).equals(nic.mac().text()));
        if (row.status() != status || !followed) {
            world.judge.fail("after two passes the row of " + nic + " is " + row);
        }
        if (clean && network.onRouter()) {
            router(nic, row, network);
        }
        if (clean && isWrittenTo(vm) && !(nic.config() instanceof NicConfig.Other) && !holds(nic, row, network)) {
            world.judge.fail("after two passes the config of " + nic + " does not say " + row.address());
        }
    }

    /** A VM that was made while a node was off counts as one that has run: nobody could say that it had not. */
    private boolean isWrittenTo(Vm vm) {
        boolean fresh = vm.cloudInit && !vm.hasRun && !vm.restored && world.pve.wasOpenSince(vm.bornAt);
        return switch (world.scene.writeBack()) {
            case NEVER -> false;
            case FIRST_BOOT -> vm.id.type() == GuestType.LXC || fresh;
            case ALWAYS -> vm.takesAddress();
        };
    }

    private static boolean holds(Nic nic, AddressRow row, Network network) {
        return nic.config() instanceof NicConfig.Static fixed
                && fixed.address().equals(network.onInterface(row.address()));
    }

    private void router(Nic nic, AddressRow row, Network network) {
        List<Mapping> mappings = world.edge.view().mappings().stream()
                .filter(found -> found.maps(row.address()) || found.maps(nic.mac()))
                .toList();
        boolean mapped = mappings.size() == 1
                && mappings.getFirst().maps(row.address())
                && mappings.getFirst().maps(nic.mac())
                && !mappings.getFirst().disabled();
        if (!mapped) {
            world.judge.fail("after two passes the router has " + mappings + " for " + row);
        }
        boolean byMapping = world.scene.subnets().stream()
                .anyMatch(subnet -> subnet.prefix().contains(row.address())
                        && subnet.mappingDomain().equals(network.domain()));
        boolean named =
                world.edge.view().records(row.description()).stream().anyMatch(record -> record.holds(row.address()));
        if (!named && !byMapping) {
            world.judge.fail("after two passes the router does not know the name of " + row);
        }
    }

    /** What NIPAP and the router hold, in words that can be compared. */
    String end() {
        List<String> lines = new ArrayList<>();
        world.nipap
                .all()
                .forEach(row -> lines.add(row.address() + " " + row.externalKey() + " " + row.node() + " "
                        + row.description() + " " + row.status() + " " + row.avp(RowAttributes.MAC)));
        world.edge.view().mappings().forEach(mapping -> lines.add(mapping.toString()));
        world.edge.view().records().forEach(record -> lines.add(record.toString()));
        Collections.sort(lines);
        return String.join("\n", lines);
    }

    /** Nothing is left of guests that are gone, and nobody's entries are left on the router. */
    void nothingLeaked() {
        for (AddressRow row : world.nipap.all()) {
            Optional<NicId> nic = row.nic();
            if (nic.isPresent()
                    && !isLeftAlone(nic.get())
                    && !isWithoutEnd(row)
                    && (row.claiming() || row.quarantined() || isGone(nic.get()))) {
                world.judge.fail("leaked: " + row);
            }
        }
        for (Object entry : world.edge.byBerth()) {
            List<IpAddress> addresses =
                    switch (entry) {
                        case Mapping mapping -> mapping.address().stream().toList();
                        case DnsRecord record ->
                            record.addresses().stream()
                                    .filter(IpAddress::isAddress)
                                    .map(IpAddress::parse)
                                    // Behind its own address a name may have others that people added.
                                    .limit(1)
                                    .toList();
                        default -> throw new IllegalStateException(entry.toString());
                    };
            for (IpAddress address : addresses) {
                Optional<AddressRow> row = world.nipap.at(address).filter(AddressRow::ours);
                boolean stale = entry instanceof DnsRecord record
                        && row.filter(found -> found.description().equalsIgnoreCase(record.name()))
                                .isEmpty();
                // A person deleted its row while a commit for it was on the way.
                boolean crossed = world.edge.isPutSoonAfter(entry, world.nipap.touched(address));
                if (row.isEmpty()
                        ? !crossed
                        : (stale && !isLeftAlone(row.get().nic().orElseThrow()))) {
                    world.judge.fail("leaked on the router: " + entry + " for " + row);
                }
            }
        }
    }

    /** A row that a person let rest, or took the notes out of, rests until a person takes it away. */
    private static boolean isWithoutEnd(AddressRow row) {
        return row.quarantined() && ReleaseRule.freeAt(row).isEmpty();
    }

    /** A guest that somebody took out of Berth's hands keeps what it had. */
    private boolean isLeftAlone(NicId nic) {
        return world.pve.find(nic.guest()).filter(vm -> !vm.hook).isPresent();
    }

    private boolean isGone(NicId nic) {
        return world.pve.find(nic.guest()).isEmpty();
    }
}
