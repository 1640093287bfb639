package net.berth.plan.entry;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.berth.model.Hostname;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;
import net.berth.plan.address.Binding;
import net.berth.plan.address.HandMadeRow;

/**
 * Decides whether a NIC holds the DNS name that its guest's name asks for, and how its mapping is called. The first
 * owner keeps both. A NIC that already has them is not asked again, so that most plans need the guest's own rows only.
 */
public record NameRule(NicCase c, Binding binding, IpAddress address) {
    private static final long NOT_HELD = Long.MAX_VALUE;

    /**
     * The names of a NIC.
     *
     * @param held whether it holds its DNS name
     * @param fqdn the DNS name it holds or would like to hold; empty when its network has no domain
     * @param description what the row's description says: the DNS name that the NIC has, or a generated one
     */
    public record Names(boolean held, String fqdn, String mapping, String description) {}

    public Names decide() {
        String domain = c.network().domain();
        String name = c.label().in(domain);
        String fqdn = domain.isEmpty() ? "" : name;
        boolean held = !takenByGuest(name)
                && !onHandMadeRow(name)
                && !takenByHuman(fqdn)
                && (has(name) || !NameReasons.report(c, address));
        if (held) {
            return new Names(true, fqdn, mappingName(), name);
        }
        Hostname plain = plainLabel();
        String lent = lentMappingName();
        boolean keeps = !lent.isEmpty() && isFree(lent);
        return new Names(false, fqdn, keeps ? lent : plain.label(), plain.in(domain));
    }

    private boolean takenByGuest(String name) {
        long since = heldSince(row -> row.description().equalsIgnoreCase(name));
        if (since != NOT_HELD && !c.situation().whole()) {
            return false;
        }
        Optional<AddressRow> other = Stream.concat(
                        c.rows().ofOthersNamed(c.guest().id(), name), mappingsMaking(name))
                .filter(row -> row.id() < since)
                .min(Comparator.comparingLong(AddressRow::id));
        other.ifPresent(row -> c.conflict(
                ConflictCode.NAME_TAKEN,
                "the name " + name + " belongs to " + row.nic().orElseThrow() + " (" + row.address()
                        + "), which had it first; " + noName(c),
                "give one of the two another name: " + c.renameCommand()));
        return other.isPresent();
    }

    /** With dnsmasq a mapping's name makes a DNS name, in the domain that its subnet has on the router. */
    private Stream<AddressRow> mappingsMaking(String name) {
        return c.router().subnets().stream()
                .filter(subnet -> !subnet.mappingDomain().isEmpty() && isIn(name, subnet.mappingDomain()))
                .flatMap(subnet -> {
                    String label = name.substring(
                            0, name.length() - subnet.mappingDomain().length() - 1);
                    return c.rows()
                            .ofOthersMapped(c.guest().id(), label)
                            .filter(row -> c.isMapped(row) && subnet.prefix().contains(row.address()));
                });
    }

    private static boolean isIn(String name, String domain) {
        String end = "." + domain;
        return name.length() > end.length()
                && name.regionMatches(true, name.length() - end.length(), end, 0, end.length());
    }

    /** A mapping's name must be alone on the whole router, even where two DNS names differ by their domain only. */
    private String mappingName() {
        String kept = keptMappingName();
        String wanted = kept.isEmpty() ? c.label().label() : kept;
        return isFree(wanted) ? wanted : plainLabel().label();
    }

    private boolean isFree(String wanted) {
        return isAlone(wanted) && !makesTakenName(wanted);
    }

    /** Whether dnsmasq would make a name of it that leads elsewhere already. */
    private boolean makesTakenName(String wanted) {
        Optional<String> made = madeBeside(wanted);
        return made.stream()
                        .flatMap(name -> c.router().records(name).stream())
                        .flatMap(record -> record.addresses().stream())
                        .anyMatch(found -> IpAddress.isAddress(found) && !found.equals(address.toString()))
                || made.stream().anyMatch(name -> !c.router().hosts(name).isEmpty());
    }

    /** What dnsmasq makes of a mapping's name where that is not the DNS name of the NIC; empty where it is, or for ISC. */
    private Optional<String> madeBeside(String mapping) {
        return c.router()
                .subnet(c.network())
                .filter(subnet -> !subnet.mappingDomain().isEmpty())
                .map(subnet -> mapping + "." + subnet.mappingDomain())
                .filter(made -> !made.equalsIgnoreCase(c.label().in(c.network().domain())));
    }

    /** The generated label; if a human chose that one for another guest, the address is added to it. */
    private Hostname plainLabel() {
        Hostname plain = c.plainLabel();
        return isFree(plain.label())
                ? plain
                : plain.with("-" + address.toString().replace('.', '-'));
    }

    private boolean isAlone(String wanted) {
        long since = heldSince(row -> mappingName(row).equalsIgnoreCase(wanted));
        if (!c.network().onRouter() || (since != NOT_HELD && !c.situation().whole())) {
            return true;
        }
        Stream<AddressRow> called =
                c.rows().ofOthersMapped(c.guest().id(), wanted).filter(c::isMapped);
        Stream<AddressRow> named = madeBeside(wanted).stream()
                .flatMap(made -> c.rows().ofOthersNamed(c.guest().id(), made));
        return Stream.concat(called, named).noneMatch(row -> row.id() < since);
    }

    /** An adopted mapping keeps the name that a human gave it. */
    private String keptMappingName() {
        if (binding instanceof Binding.Kept kept) {
            return ownMappingName(kept.row());
        }
        return c.router().mappings(address).stream()
                .filter(mapping -> mapping.maps(c.nic().mac()) && !mapping.disabled())
                .map(Mapping::name)
                .filter(Mapping::isName)
                .findFirst()
                .orElse("");
    }

    /** A mapping that was there before the row keeps its name also while its NIC holds no DNS name. */
    private String lentMappingName() {
        return binding instanceof Binding.Kept kept ? kept.row().avp(RowAttributes.BEFORE_MAPPING) : keptMappingName();
    }

    /** The name that the mapping of a row has. */
    public static String mappingName(AddressRow row) {
        String own = ownMappingName(row);
        return own.isEmpty() ? label(row.description()) : own;
    }

    /** The first label of a DNS name. */
    static String label(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** What the row says of its mapping's name; empty for what no router takes and Berth did not write. */
    private static String ownMappingName(AddressRow row) {
        return Optional.of(row.avp(RowAttributes.MAPPING))
                .filter(Mapping::isName)
                .orElse("");
    }

    /** Row numbers grow: a NIC that has a name yields to older owners only, one that does not have it to every owner. */
    private long heldSince(Predicate<AddressRow> holds) {
        return binding.existing()
                .filter(row -> row.ours() && !row.quarantined())
                .filter(holds)
                .map(AddressRow::id)
                .orElse(NOT_HELD);
    }

    /** A NIC that has the name keeps it: a hand-made row with the name was made later, or is another for this guest. */
    private boolean onHandMadeRow(String name) {
        return !(binding instanceof Binding.Adopted) && !holds(name) && HandMadeRow.report(c);
    }

    private boolean holds(String name) {
        return heldSince(row -> row.description().equalsIgnoreCase(name)) != NOT_HELD;
    }

    /** Whether the NIC has the name on the router too: a row may claim one by an old view of the router. */
    private boolean has(String name) {
        String mapped = binding.existing().map(NameRule::mappingName).orElse("");
        return holds(name)
                && (c.router().records(name).stream().anyMatch(record -> record.holds(address))
                        || c.router().mappings(address).stream()
                                .anyMatch(mapping -> mapping.name().equalsIgnoreCase(mapped)));
    }

    private boolean takenByHuman(String fqdn) {
        if (!c.network().onRouter()) {
            return false;
        }
        Optional<DnsRecord> record = fqdn.isEmpty()
                ? Optional.empty()
                : c.router().records(fqdn).stream()
                        .filter(found -> !isOwn(found, fqdn))
                        .findFirst();
        record.ifPresent(found -> foreign(ConflictCode.NAME_TAKEN, found));
        if (record.isPresent()) {
            return true;
        }
        Optional<Mapping> mapping = c.router().mappingsNamed(c.label().label()).stream()
                .filter(found -> !isOwn(found))
                .findFirst();
        mapping.ifPresent(found -> foreign(ConflictCode.FOREIGN_ENTRY, found));
        return mapping.isPresent();
    }

    private void foreign(ConflictCode code, Object entry) {
        c.conflict(
                code,
                "the router has a " + entry + " that is not Berth's; " + noName(c),
                "delete or rename that entry on the router, or rename the guest: " + c.renameCommand());
    }

    /** An entry for this very address and MAC is this NIC's even before its row is written. */
    private boolean isOwn(Mapping mapping) {
        return (mapping.maps(address) && mapping.maps(c.nic().mac()))
                || Ownership.owns(binding, mapping)
                || c.rows().ours(mapping);
    }

    /** An entry that only has the name as an alias is another name's. */
    private boolean isOwn(DnsRecord record, String fqdn) {
        return Ownership.leadsTo(record, address)
                || (record.named(fqdn) && c.rows().ours(record));
    }

    static String noName(NicCase c) {
        return c.nic().id().name() + " of " + c.guest().title() + " gets its address, but no DNS name";
    }
}
