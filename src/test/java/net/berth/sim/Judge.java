package net.berth.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.berth.engine.port.Compute;
import net.berth.model.AddressWrite;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.entry.ReleaseRule;

/** Watches every change, with the truth at hand, and remembers the first that breaks a promise. */
final class Judge {
    /** An engine decides on what it has read; calls may be slow, and several lie between a look and its deed. */
    static final long RACE = 240_000;
    /** What a look and a write may cross is put right by then, while nothing else is wrong. */
    static final long MOMENT = 5_000;

    private final Kernel kernel;
    private final Scene scene;
    private final Trouble trouble;
    /** Rows whose guest had gone when its claim arrived: it had no address to lose. */
    private final Set<Long> late = new HashSet<>();

    private final Map<IpAddress, Long> oursUntil = new HashMap<>();
    private final Looks looks;
    private final Releases releases;
    private final Loans loans;
    private final Owned owned = new Owned();
    private final Map<String, Long> doubleSince = new HashMap<>();
    /** Rows for a NIC that had moved on when they were made, which their makers could not know: they take them back. */
    private final Set<Long> overtaken = new HashSet<>();

    private Pve pve;
    private Nipap nipap;
    private Edge edge;
    private String violation = "";

    Judge(Kernel kernel, Scene scene, Trouble trouble) {
        this.kernel = kernel;
        this.scene = scene;
        this.trouble = trouble;
        this.looks = new Looks(kernel);
        this.loans = new Loans(kernel, this, looks);
        this.releases = new Releases(kernel, scene, this, looks, late);
    }

    void watch(Pve proxmox, Nipap table, Edge router) {
        this.pve = proxmox;
        this.nipap = table;
        this.edge = router;
        releases.watch(proxmox, table);
        loans.watch(proxmox, table, router);
    }

    /** What was adopted, and what becomes of it. */
    Loans loans() {
        return loans;
    }

    /** What was released, and by which lists. */
    Releases releases() {
        return releases;
    }

    /** The first broken promise; empty while there is none. */
    String violation() {
        return violation;
    }

    void fail(String what) {
        if (violation.isEmpty()) {
            violation = what;
            kernel.trace().add(kernel.now(), "BROKEN", what);
        }
    }

    private boolean isSync() {
        return scene.mode() == Policy.Mode.SYNC;
    }

    private void onlyIn(boolean allowed, String what, Object thing) {
        if (!allowed) {
            fail(what + " in mode " + scene.mode() + " with write-back " + scene.writeBack() + ": " + thing);
        }
    }

    /** Whether more than notes of a row of Berth's was changed. */
    private static boolean replaces(AddressRow before, AddressRow after) {
        return before.ours()
                && !before.claiming()
                && !(before.description().equals(after.description())
                        && before.externalKey().equals(after.externalKey())
                        && before.quarantined() == after.quarantined());
    }

    /** An address that Berth itself chose is from the network's pool. */
    private void chosen(AddressRow row) {
        boolean free = row.avp(RowAttributes.ORIGIN).startsWith("the lowest free address");
        boolean inside = scene.engine().networks().stream()
                .anyMatch(network -> network.prefix().contains(row.address())
                        && scene.pool(network).isHost(row.address()));
        if (free && !inside) {
            fail("chosen outside of the pool: " + row);
        }
    }

    boolean lately(long time) {
        return time > 0 && kernel.now() - time < RACE;
    }

    /** Whoever is at work now sees a guest, or a row, or that it is not there. */
    void look(Object thing) {
        looks.look(thing, kernel.now());
    }

    void rowMade(AddressRow row) {
        onlyIn(scene.mode() != Policy.Mode.REPORT, "a row was made", row);
        chosen(row);
        loans.lent(row);
        GuestId guest = row.nic().orElseThrow().guest();
        if (looks.unseen(guest, pve.movedAt(guest))) {
            overtaken.add(row.id());
        }
        if (pve.find(guest).isEmpty()) {
            late.add(row.id());
        }
        if (pve.find(guest).isEmpty() && !looks.unseen(guest, pve.goneAt(guest))) {
            fail("a row for " + guest + ", which does not exist: " + row);
        }
        pve.find(guest)
                .filter(vm -> !looks.unseen(guest, vm.changedAt()))
                .flatMap(vm -> resting(vm, row))
                .ifPresent(own -> fail("another address, although its own rests: " + row + " and " + own));
        if (pve.find(guest)
                .filter(vm -> !vm.hook && !looks.unseen(guest, vm.movedAt))
                .isPresent()) {
            fail("a row for " + guest + ", which is not Berth's business: " + row);
        }
    }

    /** A NIC keeps its address as long as there is a row that says which: a resting one is taken up again. */
    private Optional<AddressRow> resting(Vm vm, AddressRow made) {
        NicId nic = made.nic().orElseThrow();
        return nipap.all().stream()
                .filter(row -> row.binds(nic) && row.quarantined() && Binds.binds(scene, vm, nic, row))
                .filter(row -> !looks.unseen(nic.guest(), nipap.touched(row.address())))
                .findFirst();
    }

    void rowEdited(Life life, AddressRow before, AddressRow after) {
        rowWas(before);
        onlyIn(
                isSync() || (scene.mode() == Policy.Mode.CREATE && !replaces(before, after)),
                "a row was changed",
                after);
        if (!before.ours()) {
            loans.adopted(before, after);
            return;
        }
        if (after.quarantined() && !before.quarantined()) {
            releases.released(life, before);
        }
        if (!after.ours()) {
            oursUntil.put(before.address(), kernel.now());
            loans.givenBack(before, after);
            return;
        }
        new RowEdits(scene, this, looks, pve).edited(before, after);
        Map<String, String> foreign = new HashMap<>(before.avps());
        foreign.keySet().removeIf(name -> name.startsWith("berth-") && !name.equals("berth-later"));
        if (foreign.entrySet().stream()
                        .anyMatch(pair -> !pair.getValue().equals(after.avps().get(pair.getKey())))
                && !looks.unseen(before.address(), nipap.touched(before.address()))) {
            fail("what a person noted in a row is lost: " + before + " to " + after);
        }
    }

    void rowRemoved(AddressRow row) {
        rowWas(row);
        onlyIn(isSync() || (scene.mode() == Policy.Mode.CREATE && row.claiming()), "a row was removed", row);
        if (!row.ours()) {
            fail("a row that is not Berth's was removed: " + row);
            return;
        }
        oursUntil.put(row.address(), kernel.now());
        if (row.claiming()) {
            return;
        }
        if (row.avps().containsKey(RowAttributes.BEFORE_SOURCE)) {
            fail("a person's row was removed: " + row);
        }
        boolean due = ReleaseRule.freeAt(row)
                .filter(time -> time.toEpochMilli() <= kernel.now())
                .isPresent();
        // A person may have taken the time out of the row since it was looked at.
        if (!lately(nipap.touched(row.address())) && !(row.quarantined() && due)) {
            fail("freed before its time: " + row);
        }
        NicId nic = row.nic().orElseThrow();
        if (pve.find(nic.guest())
                        .filter(vm -> Binds.binds(scene, vm, nic, row) && !looks.unseen(nic.guest(), vm.changedAt()))
                        .isPresent()
                && nipap.live(nic).isEmpty()) {
            fail("freed although its guest is there: " + row);
        }
    }

    /** The table as a whole. */
    void rowsChanged() {
        Map<String, AddressRow> bound = new HashMap<>();
        Set<String> doubled = new HashSet<>();
        for (AddressRow row : nipap.all()) {
            if (row.ours() && !row.quarantined() && !row.claiming()) {
                AddressRow other = bound.put(row.externalKey(), row);
                if (other != null) {
                    doubled.add(row.externalKey());
                    judgeDouble(other, row);
                }
            }
        }
        doubleSince.keySet().retainAll(doubled);
        doubled.forEach(key -> doubleSince.putIfAbsent(key, kernel.now()));
    }

    private void judgeDouble(AddressRow one, AddressRow other) {
        GuestId guest = other.nic().orElseThrow().guest();
        boolean known = doubleSince.containsKey(other.externalKey());
        if (!known
                && !looks.unseen(guest, pve.movedAt(guest))
                && !isPersons(one)
                && !isPersons(other)
                && !overtaken.contains(one.id())
                && !overtaken.contains(other.id())
                && !looks.unseen(one.address(), nipap.touched(one.address()))
                && !looks.unseen(other.address(), nipap.touched(other.address()))) {
            fail("two addresses for one NIC: " + one + " and " + other);
        }
    }

    /**
     * A person's row is taken up by an edit, for which NIPAP looks at that row alone: what another receiver has just claimed
     * for the same NIC shows in the next look, and must not stay for more than a moment.
     */
    private static boolean isPersons(AddressRow row) {
        return row.tags().contains(Nipap.BY_HAND);
    }

    /** What may be wrong for a moment must not stay so. */
    void timeGoesOn() {
        doubleSince.forEach((what, since) -> {
            long longest = trouble.calmSince(since) ? MOMENT : Scene.RESYNC.toMillis() + RACE;
            if (kernel.now() - since > longest) {
                fail("twice since " + (kernel.now() - since) + " ms: " + what);
            }
        });
    }

    private boolean isOurs(IpAddress address) {
        return nipap.at(address).filter(AddressRow::ours).isPresent()
                || lately(oursUntil.getOrDefault(address, 0L))
                || lately(nipap.touched(address));
    }

    static List<IpAddress> addresses(Object entry) {
        return switch (entry) {
            case Mapping mapping -> mapping.address().stream().toList();
            case DnsRecord record ->
                record.addresses().stream()
                        .filter(IpAddress::isAddress)
                        .map(IpAddress::parse)
                        .toList();
            default -> throw new IllegalArgumentException(String.valueOf(entry));
        };
    }

    /** An entry of the router is overwritten or removed by Berth. */
    void entryTaken(Object entry) {
        onlyIn(isSync(), "an entry of the router was changed", entry);
        List<IpAddress> addresses = addresses(entry);
        boolean byAddress = !addresses.isEmpty() && addresses.stream().allMatch(this::isOurs);
        boolean byParts = owned.since(kernel.now() - RACE, nipap.all()).anyMatch(row -> Owned.isOf(entry, row));
        if (!byAddress
                && !byParts
                && !OwnNames.isOfAny(nipap.all(), entry, address -> lately(nipap.touched(address)))) {
            fail("an entry of the router that is not Berth's was changed: " + entry);
        }
    }

    /** When Berth takes its own address from a name, what is left is what people added. */
    boolean leadsToOurs(DnsRecord record) {
        return addresses(record).stream().anyMatch(this::isOurs);
    }

    /** A row is about to change or to go, whoever does it. */
    void rowWas(AddressRow row) {
        owned.was(row, kernel.now());
    }

    /** Another receiver has written since this one took the lock. */
    void writtenAtOnce(Object edits) {
        fail("two receivers write on the router at once: " + edits);
    }

    /**
     * An entry was put on the router by Berth: a row says so now, or said so since the lock was taken. Whoever changed the row
     * since then takes the lock later.
     */
    void entryPut(Object entry, long lockedSince) {
        if (entry instanceof DnsRecord record && !leadsToOurs(record)) {
            return;
        }
        onlyIn(scene.mode() != Policy.Mode.REPORT, "an entry was put on the router", entry);
        List<AddressRow> rows = owned.since(lockedSince, nipap.all()).toList();
        // What people have added to a name stays there.
        if (addresses(entry).stream().noneMatch(address -> rows.stream()
                .anyMatch(row -> row.address().equals(address)))) {
            fail("on the router before it is in NIPAP: " + entry);
        }
        if (rows.stream()
                .noneMatch(row ->
                        row.quarantined() ? Loans.restores(row, entry) : !isSync() || Owned.asksFor(row, entry))) {
            fail("an old state was brought onto the router: " + entry);
        }
        if (entry instanceof Mapping mapping) {
            long same = edge.view().mappings().stream()
                    .filter(other -> other.addressText().equals(mapping.addressText())
                            || other.macText().equalsIgnoreCase(mapping.macText()))
                    .count();
            if (same > 1) {
                fail("an address or a MAC twice on the router: " + entry);
            }
        }
    }

    /** An address goes into a guest's config. */
    void configWritten(Vm vm, AddressWrite write) {
        boolean replaces = vm.nics.get(write.nic().index()).config() instanceof NicConfig.Static
                && !looks.unseen(vm.id, vm.movedAt);
        onlyIn(isSync() || (scene.mode() == Policy.Mode.CREATE && !replaces), "a config was written", write);
        onlyIn(scene.writeBack() != Policy.WriteBack.NEVER, "a config was written", write);
        boolean row = nipap.at(write.address().address())
                .filter(found -> found.binds(write.nic()))
                .isPresent();
        if (!row && !isOurs(write.address().address())) {
            fail("written into " + write.nic() + " without a row: " + write);
        }
        boolean meanwhile = looks.unseen(vm.id, Math.max(vm.startedAt, vm.stoppedAt));
        // A restore that nobody's task list shows looks like a new clone.
        boolean unknown = vm.restored && !pve.wasOpenSince(vm.bornAt);
        if (vm.id.type() == GuestType.QEMU
                && scene.writeBack() == Policy.WriteBack.FIRST_BOOT
                && vm.hasBooted(kernel.now())
                && !meanwhile
                && !unknown
                && !bringsUpAnothers(vm, write)) {
            fail("written into a VM that has booted: " + write);
        }
        if (!vm.hook && !looks.unseen(vm.id, vm.movedAt)) {
            fail("written into a guest that is not Berth's business: " + write);
        }
        if (vm.nics.get(write.nic().index()).config() instanceof NicConfig.Other && !looks.unseen(vm.id, vm.movedAt)) {
            fail("written over what a person chose: " + write + " into " + vm.nics);
        }
    }

    /** A duplicate address is worse than a cloud-init that runs again. */
    private boolean bringsUpAnothers(Vm vm, AddressWrite write) {
        return Vm.fixed(vm.nics.get(write.nic().index()))
                .filter(fixed -> !fixed.equals(write.address().address()))
                .filter(this::isOurs)
                .isPresent();
    }

    /** Where a {@link Compute} says nothing of it: an engine's own mistake. */
    void broke(Throwable problem) {
        fail("an exception that nobody expected: " + problem + " at " + List.of(problem.getStackTrace()));
    }
}
