package net.berth.plan.entry;

import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Policy;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.NicCase;
import net.berth.plan.Situation;
import net.berth.plan.address.Binding;
import net.berth.plan.view.EntryState;

/** Plans the NIC's row in NIPAP: created, adopted, restored from quarantine, or updated. */
public record RowRule(NicCase c, NameRule.Names names) {

    /** Adds what is needed to the case and answers how NIPAP compares with it now. */
    public EntryState plan(Binding binding) {
        return switch (binding) {
            case Binding.New fresh -> claim(fresh);
            case Binding.Adopted adopted -> {
                release(
                        adopted.before(),
                        "moves to the hand-made row " + adopted.row().address());
                yield adopt(adopted.row());
            }
            case Binding.Kept kept -> keep(kept);
            case Binding.Blocked blocked -> EntryState.MISSING;
        };
    }

    private EntryState claim(Binding.New fresh) {
        NewRow row = new NewRow(
                c.nic().id(),
                fresh.address(),
                node(),
                names.description(),
                activeStatus(),
                firstNotes(fresh.address(), fresh.why()));
        c.change(new Change.Claim(
                row, c.title() + " has no row on network " + c.network().name() + "; " + fresh.why()));
        return EntryState.MISSING;
    }

    private EntryState adopt(AddressRow row) {
        Map<String, String> fields = new HashMap<>(wantedFields());
        fields.put("external_key", c.nic().id().externalKey());
        fields.put("authoritative_source", AddressRow.SOURCE);
        fields.put("status", activeStatus().toString());
        // One that lost its key only is still Berth's own, or on loan already.
        boolean own = row.source().equals(AddressRow.SOURCE);
        Map<String, String> avps = own ? identity() : firstNotes(row.address(), RowAttributes.ADOPTED);
        if (!own && row.avp(RowAttributes.BEFORE_SOURCE).isEmpty()) {
            avps.putAll(Loan.memory(row));
        }
        edit(
                row,
                RowEdit.of(row, fields, avps, new RowEdit.Expiry.Never()),
                Change.Stage.INTENT,
                true,
                "NIPAP has a hand-made row for " + c.title());
        return EntryState.DIFFERS;
    }

    private EntryState keep(Binding.Kept kept) {
        AddressRow row = kept.row();
        release(kept.surplus(), "has an older row " + row.address());
        if (row.quarantined()) {
            restore(row);
            return EntryState.DIFFERS;
        }
        boolean renamed = !row.description().equals(names.description());
        boolean moved = isMoved(row);
        if (renamed || moved) {
            restate(row, renamed);
        }
        note(row, renamed || moved);
        return renamed || moved ? EntryState.DIFFERS : EntryState.OK;
    }

    private void release(List<AddressRow> surplus, String why) {
        String reason = c.title() + " " + why;
        for (AddressRow row : surplus) {
            if (row.claiming()) {
                c.change(new Change.Free(c.nic().id(), row, Change.Stage.NOTE, reason));
            } else {
                c.release().gone(row, reason).forEach(c::change);
            }
        }
    }

    private void restore(AddressRow row) {
        Map<String, String> fields = new HashMap<>(wantedFields());
        fields.put("status", activeStatus().toString());
        Map<String, String> avps = identity();
        avps.put(RowAttributes.FREE_AT, "");
        if (!row.avp(RowAttributes.RELEASED).isEmpty()) {
            avps.put(RowAttributes.RELEASED, "");
        }
        if (!row.description().equals(names.description())) {
            Ownership.oldNames(row, names.description()).ifPresent(old -> avps.put(RowAttributes.WAS, old));
        }
        edit(
                row,
                RowEdit.of(row, fields, avps, new RowEdit.Expiry.Never()),
                Change.Stage.INTENT,
                false,
                c.title() + " is back and gets its old address " + row.address());
    }

    /** Whether the router is to know another MAC. Where it has no part the MAC is a mere note. */
    private boolean isMoved(AddressRow row) {
        return c.network().onRouter()
                && c.policy().mode() != Policy.Mode.CREATE
                && !row.avp(RowAttributes.MAC).equals(c.nic().mac().text());
    }

    /**
     * The row gets the new name and MAC before the router does, so that the row is always the record of intent. An old name
     * is remembered until it is off the router.
     */
    private void restate(AddressRow row, boolean renamed) {
        Map<String, String> avps =
                new HashMap<>(Map.of(RowAttributes.MAC, c.nic().mac().text()));
        if (renamed) {
            Ownership.oldNames(row, names.description()).ifPresent(old -> avps.put(RowAttributes.WAS, old));
        }
        // With the name, not as a note: who has the mapping's name is known by this.
        mappingName().ifPresent(name -> avps.put(RowAttributes.MAPPING, name));
        edit(
                row,
                RowEdit.of(row, wantedFields(), avps),
                Change.Stage.INTENT,
                false,
                renamed
                        ? "the name of " + c.title() + " is now " + names.description()
                        : "the MAC of " + c.title() + " is now " + c.nic().mac());
    }

    /** What NIPAP only notes: running or stopped, the MAC, that the first start is over. */
    private void note(AddressRow row, boolean restated) {
        Map<String, String> fields = new HashMap<>();
        if (!row.node().equals(node()) && !restated) {
            fields.put("node", node());
        }
        RowStatus status = status(row);
        if (status != row.status()) {
            fields.put("status", status.toString());
        }
        Map<String, String> avps = new HashMap<>();
        identity().forEach((name, value) -> {
            if (!row.avp(name).equals(value)) {
                avps.put(name, value);
            }
        });
        if (restated) {
            // The row has the MAC then; and an old name is not off the router yet.
            avps.remove(RowAttributes.MAC);
        } else {
            avps.putAll(Ownership.oldNamesOff(row));
        }
        boolean firstStartOver = c.guest().running() && hasRun();
        if (firstStartOver && !row.avp(RowAttributes.BOOTED).equals(RowAttributes.YES)) {
            avps.put(RowAttributes.BOOTED, RowAttributes.YES);
        }
        if (!fields.isEmpty() || !avps.isEmpty()) {
            edit(row, RowEdit.of(row, fields, avps), Change.Stage.NOTE, false, noted(fields, avps));
        }
    }

    private String noted(Map<String, String> fields, Map<String, String> avps) {
        if (fields.containsKey("status")) {
            return c.title()
                    + (c.situation().starting() ? " starts" : " is " + c.guest().status());
        }
        if (avps.containsKey(RowAttributes.MAC)) {
            return "the MAC of " + c.title() + " is now " + c.nic().mac();
        }
        if (avps.containsKey(RowAttributes.BOOTED)) {
            return "the first start of " + c.title() + " is over";
        }
        return avps.containsKey(RowAttributes.WAS)
                ? "the old name of " + c.title() + " is off the router"
                : "NIPAP notes what " + c.title() + " is";
    }

    /** A guest under a backup's lock only seems to run or stop; one whose status is not known keeps what was noted. */
    private RowStatus status(AddressRow row) {
        boolean unsure = !c.guest().lock().isEmpty() || c.guest().status() == GuestStatus.UNKNOWN;
        if (unsure && !c.situation().starting()) {
            return row.status();
        }
        return activeStatus();
    }

    /** Only a VM's cloud-init cares whether it has run. */
    private boolean hasRun() {
        return c.guest().id().type() == GuestType.QEMU && c.situation().boot() == Situation.Boot.HAS_RUN;
    }

    private RowStatus activeStatus() {
        boolean active = c.guest().running() || c.situation().starting();
        return active ? RowStatus.ASSIGNED : RowStatus.RESERVED;
    }

    /** What a row notes when it becomes the NIC's. */
    private Map<String, String> firstNotes(IpAddress address, String origin) {
        Map<String, String> avps = identity();
        avps.put(RowAttributes.ORIGIN, origin);
        avps.putAll(Loan.onRouter(c, names, address));
        avps.put(
                RowAttributes.CLAIMED,
                c.situation().now().truncatedTo(ChronoUnit.SECONDS).toString());
        if (hasRun()) {
            avps.put(RowAttributes.BOOTED, RowAttributes.YES);
        }
        return avps;
    }

    private Map<String, String> wantedFields() {
        return Map.of("node", node(), "description", names.description());
    }

    private String node() {
        return c.guest().name().isEmpty() ? c.label().label() : c.guest().name();
    }

    private Map<String, String> identity() {
        Map<String, String> avps = new HashMap<>();
        avps.put(RowAttributes.MAC, c.nic().mac().text());
        mappingName().ifPresent(name -> avps.put(RowAttributes.MAPPING, name));
        if (!c.guest().uuid().isEmpty()) {
            avps.put(RowAttributes.UUID, c.guest().uuid());
        }
        return avps;
    }

    private void edit(AddressRow row, RowEdit edit, Change.Stage stage, boolean adopts, String reason) {
        c.change(new Change.Edit(c.nic().id(), row, edit, stage, adopts, reason));
    }

    private Optional<String> mappingName() {
        return Optional.of(names.mapping())
                .filter(name -> names.held() && !name.equals(c.label().label()));
    }
}
