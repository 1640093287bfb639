package net.berth.plan.address;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.IpAddress;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/**
 * Hand-made rows with a guest's name. The name alone proves nothing: a row is the guest's if it has the tag {@code berth},
 * or its address stands in the guest's config, is mapped to the guest's MAC, or is seen with it; and only while nothing
 * shows that another machine has the address.
 */
public final class HandMadeRow {
    private HandMadeRow() {}

    /** Those in the NIC's network that no NIC of this guest gets, by address. */
    static Stream<AddressRow> named(NicCase c) {
        String fqdn = c.label().in(c.network().domain());
        return Stream.of(c.guest().name(), fqdn)
                .filter(name -> !c.guest().name().isEmpty())
                .flatMap(c.rows()::ofHumans)
                .distinct()
                .filter(row -> c.network().prefix().isHost(row.address()))
                .filter(row -> row.externalKey().isEmpty())
                .filter(row -> !c.rows().isGiven(row.address()))
                .sorted(Comparator.comparing(AddressRow::address));
    }

    /** The row to adopt; of several the one that the guest's config has. */
    static Optional<AddressRow> proved(NicCase c) {
        return named(c).filter(row -> isProved(c, row) && against(c, row).isEmpty())
                .min(Comparator.comparing(row -> !isConfigured(c, row.address())));
    }

    /**
     * The row that a human has tagged for a NIC which has another one. It moves while it cannot be in use, at its start, or
     * by order; one on loan stays, so that two such rows do not take turns.
     */
    static Optional<AddressRow> toMoveTo(NicCase c, List<AddressRow> own) {
        AddressRow first = own.getFirst();
        boolean named =
                first.description().equalsIgnoreCase(c.label().in(c.network().domain()));
        boolean looks = !named || c.situation().whole() || c.situation().ordered();
        boolean may = c.situation().starting()
                || c.situation().ordered()
                || !c.guest().running();
        return first.claiming() || first.onLoan() || !looks || !may ? Optional.empty() : prepared(c);
    }

    private static Optional<AddressRow> prepared(NicCase c) {
        return named(c).filter(row -> isTagged(row) && against(c, row).isEmpty())
                .findFirst();
    }

    /** Adds a conflict if a row with the guest's name is not adopted, and says so: the name may be another machine's. */
    public static boolean report(NicCase c) {
        Optional<AddressRow> left = prepared(c).or(() -> named(c).findFirst());
        left.ifPresent(row -> {
            Optional<String> against = against(c, row);
            boolean waits = isTagged(row) && against.isEmpty();
            c.conflict(
                    ConflictCode.FOREIGN_ENTRY,
                    "NIPAP has the hand-made row " + row.address() + " (node \"" + row.node() + "\", description \""
                            + row.description() + "\"), "
                            + (waits
                                    ? "to which " + c.title() + " moves at its next start"
                                    : "but nothing shows that it is for " + c.title())
                            + against.map(words -> ", and " + words).orElse("")
                            + "; until then it has another address, and no DNS name",
                    waits
                            ? "restart the guest, or move it now: berth sync "
                                    + c.guest().id().vmid()
                            : "if the row is this guest's, "
                                    + (against.isEmpty() ? "" : "free its address, and ")
                                    + "add the tag " + AddressRow.SOURCE
                                    + " to it in NIPAP; else rename the guest: " + c.renameCommand());
        });
        return left.isPresent();
    }

    private static boolean isProved(NicCase c, AddressRow row) {
        IpAddress address = row.address();
        if (isTagged(row) || Sighting.at(c, address)) {
            return true;
        }
        boolean mapped = c.router().mappings(address).stream()
                .anyMatch(mapping -> mapping.maps(c.nic().mac()));
        return c.role(address).isEmpty() && (mapped || isConfigured(c, address));
    }

    /** A row that Berth claimed, and that lost its key since, has the tag from Berth: it says nothing. */
    private static boolean isTagged(AddressRow row) {
        return row.tags().stream().anyMatch(AddressRow.SOURCE::equalsIgnoreCase)
                && row.avp(RowAttributes.ORIGIN).isEmpty();
    }

    private static boolean isConfigured(NicCase c, IpAddress address) {
        return c.configured().filter(address::equals).isPresent();
    }

    /** What shows that another machine has the row's address, or that no machine is to have it, in words. */
    private static Optional<String> against(NicCase c, AddressRow row) {
        return BindingRule.foreignMapping(c, row.address())
                .map(mapping -> "the router gives that address to another MAC by " + mapping)
                .or(() -> Sighting.other(c, row.address()).map(Sighting.Other::words))
                .or(() -> row.quarantined() ? Optional.of("NIPAP has it in quarantine") : Optional.empty())
                .or(() -> row.mac()
                        .filter(mac -> !mac.equals(c.nic().mac()))
                        .map(mac -> "its attribute " + RowAttributes.MAC + " says that it is for " + mac));
    }
}
