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
public final class RowRule {
    private RowRule() {}

    /** Adds what is needed to the case and answers how NIPAP compares with it now. */
    public static EntryState plan(NicCase c, Binding binding, NameRule.Names names) {
        return switch (binding) {
            case Binding.New fresh -> claim(c, fresh, names);
            case Binding.Adopted adopted -> {
                release(
                        c,
                        adopted.before(),
                        "moves to the hand-made row " + adopted.row().address());
                yield adopt(c, adopted.row(), names);
            }
            case Binding.Kept kept -> keep(c, kept, names);
            case Binding.Blocked blocked -> EntryState.MISSING;
        };
    }

    private static EntryState claim(NicCase c, Binding.New fresh, NameRule.Names names) {
        NewRow row = new NewRow(
                c.nic().id(),
                fresh.address(),
                node(c),
                names.description(),
                activeStatus(c),
                firstNotes(c, names, fresh.address(), fresh.why()));
        c.change(new Change.Claim(
                row, c.title() + " has no row on network " + c.network().name() + "; " + fresh.why()));
        return EntryState.MISSING;
    }

    private static EntryState adopt(NicCase c, AddressRow row, NameRule.Names names) {
        Map<String, String> fields = new HashMap<>(wantedFields(c, names));
        fields.put("external_key", c.nic().id().externalKey());
        fields.put("authoritative_source", AddressRow.SOURCE);
        fields.put("status", activeStatus(c).toString());
        // One that lost its key only is still Berth's own, or on loan already.
        boolean own = row.source().equals(AddressRow.SOURCE);
        Map<String, String> avps =
                own ? identity(c, names) : firstNotes(c, names, row.address(), RowAttributes.ADOPTED);
        if (!own && row.avp(RowAttributes.BEFORE_SOURCE).isEmpty()) {
            avps.putAll(Loan.memory(row));
        }
        c.change(new Change.Edit(
                c.nic().id(),
                row,
                RowEdit.of(row, fields, avps, new RowEdit.Expiry.Never()),
                Change.Stage.INTENT,
                true,
                "NIPAP has a hand-made row for " + c.title()));
        return EntryState.DIFFERS;
    }

    private static EntryState keep(NicCase c, Binding.Kept kept, NameRule.Names names) {
        AddressRow row = kept.row();
        release(c, kept.surplus(), "has an older row " + row.address());
        if (row.quarantined()) {
            restore(c, row, names);
            return EntryState.DIFFERS;
        }
        boolean renamed = !row.description().equals(names.description());
        boolean moved = isMoved(c, row);
        if (renamed || moved) {
            restate(c, row, names, renamed);
        }
        note(c, row, names, renamed || moved);
        return renamed || moved ? EntryState.DIFFERS : EntryState.OK;
    }

    private static void release(NicCase c, List<AddressRow> surplus, String why) {
        String reason = c.title() + " " + why;
        for (AddressRow row : surplus) {
            if (row.claiming()) {
                c.change(new Change.Free(c.nic().id(), row, Change.Stage.NOTE, reason));
            } else {
                c.release().gone(row, reason).forEach(c::change);
            }
        }
    }

    private static void restore(NicCase c, AddressRow row, NameRule.Names names) {
        Map<String, String> fields = new HashMap<>(wantedFields(c, names));
        fields.put("status", activeStatus(c).toString());
        Map<String, String> avps = identity(c, names);
        avps.put(RowAttributes.FREE_AT, "");
        if (!row.avp(RowAttributes.RELEASED).isEmpty()) {
            avps.put(RowAttributes.RELEASED, "");
        }
        if (!row.description().equals(names.description())) {
            Ownership.oldNames(row, names.description()).ifPresent(old -> avps.put(RowAttributes.WAS, old));
        }
        c.change(new Change.Edit(
                c.nic().id(),
                row,
                RowEdit.of(row, fields, avps, new RowEdit.Expiry.Never()),
                Change.Stage.INTENT,
                false,
                c.title() + " is back and gets its old address " + row.address()));
    }

    /** Whether the router is to know another MAC. Where it has no part the MAC is a mere note. */
    private static boolean isMoved(NicCase c, AddressRow row) {
        return c.network().onRouter()
                && c.policy().mode() != Policy.Mode.CREATE
                && !row.avp(RowAttributes.MAC).equals(c.nic().mac().text());
    }

    /**
     * The row gets the new name and MAC before the router does, so that the row is always the record of intent. An old name
     * is remembered until it is off the router.
     */
    private static void restate(NicCase c, AddressRow row, NameRule.Names names, boolean renamed) {
        Map<String, String> avps =
                new HashMap<>(Map.of(RowAttributes.MAC, c.nic().mac().text()));
        if (renamed) {
            Ownership.oldNames(row, names.description()).ifPresent(old -> avps.put(RowAttributes.WAS, old));
        }
        // With the name, not as a note: who has the mapping's name is known by this.
        mappingName(c, names).ifPresent(name -> avps.put(RowAttributes.MAPPING, name));
        c.change(new Change.Edit(
                c.nic().id(),
                row,
                RowEdit.of(row, wantedFields(c, names), avps),
                Change.Stage.INTENT,
                false,
                renamed
                        ? "the name of " + c.title() + " is now " + names.description()
                        : "the MAC of " + c.title() + " is now " + c.nic().mac()));
    }

    /** What NIPAP only notes: running or stopped, the MAC, that the first start is over. */
    private static void note(NicCase c, AddressRow row, NameRule.Names names, boolean restated) {
        Map<String, String> fields = new HashMap<>();
        if (!row.node().equals(node(c)) && !restated) {
            fields.put("node", node(c));
        }
        RowStatus status = status(c, row);
        if (status != row.status()) {
            fields.put("status", status.toString());
        }
        Map<String, String> avps = new HashMap<>();
        identity(c, names).forEach((name, value) -> {
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
        boolean firstStartOver = c.guest().running() && hasRun(c);
        if (firstStartOver && !row.avp(RowAttributes.BOOTED).equals(RowAttributes.YES)) {
            avps.put(RowAttributes.BOOTED, RowAttributes.YES);
        }
        if (!fields.isEmpty() || !avps.isEmpty()) {
            c.change(new Change.Edit(
                    c.nic().id(),
                    row,
                    RowEdit.of(row, fields, avps),
                    Change.Stage.NOTE,
                    false,
                    noted(c, fields, avps)));
        }
    }

    private static String noted(NicCase c, Map<String, String> fields, Map<String, String> avps) {
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
    private static RowStatus status(NicCase c, AddressRow row) {
        boolean unsure = !c.guest().lock().isEmpty() || c.guest().status() == GuestStatus.UNKNOWN;
        if (unsure && !c.situation().starting()) {
            return row.status();
        }
        return activeStatus(c);
    }

    /** Only a VM's cloud-init cares whether it has run. */
    private static boolean hasRun(NicCase c) {
        return c.guest().id().type() == GuestType.QEMU && c.situation().boot() == Situation.Boot.HAS_RUN;
    }

    private static RowStatus activeStatus(NicCase c) {
        boolean active = c.guest().running() || c.situation().starting();
        return active ? RowStatus.ASSIGNED : RowStatus.RESERVED;
    }

    /** What a row notes when it becomes the NIC's. */
    private static Map<String, String> firstNotes(NicCase c, NameRule.Names names, IpAddress address, String origin) {
        Map<String, String> avps = identity(c, names);
        avps.put(RowAttributes.ORIGIN, origin);
        avps.putAll(Loan.onRouter(c, names, address));
        avps.put(
                RowAttributes.CLAIMED,
                c.situation().now().truncatedTo(ChronoUnit.SECONDS).toString());
        if (hasRun(c)) {
            avps.put(RowAttributes.BOOTED, RowAttributes.YES);
        }
        return avps;
    }

    private static Map<String, String> wantedFields(NicCase c, NameRule.Names names) {
        return Map.of("node", node(c), "description", names.description());
    }

    private static String node(NicCase c) {
        return c.guest().name().isEmpty() ? c.label().label() : c.guest().name();
    }

    private static Map<String, String> identity(NicCase c, NameRule.Names names) {
        Map<String, String> avps = new HashMap<>();
        avps.put(RowAttributes.MAC, c.nic().mac().text());
        mappingName(c, names).ifPresent(name -> avps.put(RowAttributes.MAPPING, name));
        if (!c.guest().uuid().isEmpty()) {
            avps.put(RowAttributes.UUID, c.guest().uuid());
        }
        return avps;
    }

    private static Optional<String> mappingName(NicCase c, NameRule.Names names) {
        return Optional.of(names.mapping())
                .filter(name -> names.held() && !name.equals(c.label().label()));
    }
}
