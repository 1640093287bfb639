package net.berth.sim;

import java.util.Optional;
import net.berth.model.GuestId;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.entry.ReleaseRule;

/** Judges what is adopted, and whether it is afterwards as it was before. */
final class Loans {
    private final Kernel kernel;
    private final Judge judge;
    private final Looks looks;
    private Pve pve;
    private Nipap nipap;
    private Edge edge;

    Loans(Kernel kernel, Judge judge, Looks looks) {
        this.kernel = kernel;
        this.judge = judge;
        this.looks = looks;
    }

    void watch(Pve proxmox, Nipap table, Edge router) {
        this.pve = proxmox;
        this.nipap = table;
        this.edge = router;
    }

    /** A row that was not Berth's has changed. */
    void adopted(AddressRow before, AddressRow after) {
        if (!after.ours()) {
            // Two receivers gave it back at once, and their edits are equal.
            if (!before.equals(after) && !judge.lately(nipap.touched(before.address()))) {
                judge.fail("a row that is not Berth's was changed: " + before + " to " + after);
            }
            return;
        }
        GuestId guest = after.nic().orElseThrow().guest();
        boolean named = pve.find(guest)
                .map(vm -> before.node().equalsIgnoreCase(vm.name) || looks.unseen(guest, vm.namedAt))
                .orElseGet(() -> looks.unseen(guest, pve.goneAt(guest)));
        if (!before.externalKey().isEmpty() || !named || !isProved(guest, before)) {
            judge.fail("a row that is not Berth's was changed: " + before + " to " + after);
        }
        lent(after);
    }

    /** A name proves nothing: a tag, the guest's config or the router says so too. */
    private boolean isProved(GuestId guest, AddressRow row) {
        Optional<Vm> vm = pve.find(guest);
        boolean said = row.tags().contains(Nipap.TAG)
                || vm.isEmpty()
                || vm.get().nics.values().stream()
                        .anyMatch(nic ->
                                Vm.fixed(nic).filter(row.address()::equals).isPresent()
                                        || edge.view().mappings(row.address()).stream()
                                                .anyMatch(mapping -> mapping.maps(nic.mac())));
        return said
                || looks.unseen(guest, vm.get().changedAt())
                || judge.lately(edge.touchedAt())
                || looks.unseen(row.address(), nipap.touched(row.address()));
    }

    /** An adopted row is on loan: it is afterwards what it was, with what people have noted in it since. */
    void givenBack(AddressRow before, AddressRow after) {
        boolean due = ReleaseRule.freeAt(before)
                .filter(time -> time.toEpochMilli() <= kernel.now())
                .isPresent();
        boolean touched = judge.lately(nipap.touched(before.address()));
        if (!touched && !(before.quarantined() && due)) {
            judge.fail("given back before its time: " + before);
        }
        Optional<AddressRow> own = nipap.handMade(before);
        boolean same = own.filter(row -> row.node().equals(after.node())
                        && row.description().equals(after.description())
                        && row.status() == after.status()
                        && row.source().equals(after.source())
                        && row.externalKey().equals(after.externalKey())
                        && row.tags().contains(Nipap.TAG) == after.tags().contains(Nipap.TAG))
                .isPresent();
        boolean left = after.avps().keySet().stream().anyMatch(name -> name.startsWith("berth-"));
        boolean edited = before.avp(RowAttributes.BEFORE_SOURCE).isEmpty();
        if (left || (!same && !edited)) {
            judge.fail("given back otherwise than it was: " + own + " is " + after);
        }
        if (!"alice".equals(after.avp("owner")) && !"bob".equals(after.avp("owner")) && !edited) {
            judge.fail("what a person noted in a row is lost: " + before + " to " + after);
        }
    }

    /** Whether an entry was a person's before the row of its address was made: it is not Berth's to remove. */
    boolean isLent(Object entry) {
        return Judge.addresses(entry).stream()
                .flatMap(address -> nipap.at(address).stream())
                .anyMatch(row -> isLent(entry, row));
    }

    /** Whether a mapping is as it was before the row of a guest that goes. */
    static boolean restores(AddressRow row, Object entry) {
        return entry instanceof Mapping mapping
                && isLent(entry, row)
                && mapping.maps(row.address())
                && mapping.macText().equals(row.avp(RowAttributes.BEFORE_MAC));
    }

    private static boolean isLent(Object entry, AddressRow row) {
        return switch (entry) {
            case Mapping mapping -> row.avp(RowAttributes.BEFORE_MAPPING).equalsIgnoreCase(mapping.name());
            case DnsRecord record -> record.named(row.avp(RowAttributes.BEFORE_NAME));
            default -> throw new IllegalArgumentException(String.valueOf(entry));
        };
    }

    /** Berth removes an entry, and puts nothing in its place. */
    void entryRemoved(Object entry) {
        if (isLent(entry)) {
            judge.fail("an entry that was a person's before was removed: " + entry);
        }
    }

    /** What a new row notes as lent was there, and was not Berth's. */
    void lent(AddressRow row) {
        boolean mapping = row.avp(RowAttributes.BEFORE_MAPPING).isEmpty()
                || edge.view().mappings(row.address()).stream().anyMatch(entry -> isPersons(entry, row));
        boolean name = row.avp(RowAttributes.BEFORE_NAME).isEmpty()
                || edge.view().records(row.address()).stream().anyMatch(entry -> isPersons(entry, row));
        if (!(mapping && name) && !judge.lately(edge.touchedAt()) && !judge.lately(nipap.touched(row.address()))) {
            judge.fail("an entry of Berth's own is taken for a person's: " + row);
        }
    }

    private boolean isPersons(Object entry, AddressRow row) {
        return isLent(entry, row) && !edge.byBerth().contains(entry);
    }
}
