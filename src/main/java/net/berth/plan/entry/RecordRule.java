package net.berth.plan.entry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.IpAddress;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;
import net.berth.plan.address.Binding;
import net.berth.plan.view.EntryState;

/**
 * Plans the DNS name of a NIC, in the form that restarts the router's resolver least. What people add to the name (aliases,
 * further addresses) is kept; the address of the NIC is restored where it was edited or removed.
 */
public record RecordRule(NicCase c, DhcpSubnet subnet, IpAddress address, NameRule.Names names, Binding binding) {

    /** Adds the needed changes to the case and answers how the router's name compares with NIPAP now. */
    public EntryState plan() {
        List<DnsRecord> moving = moving();
        removeOldNames(moving);
        if (names.fqdn().isEmpty()) {
            return EntryState.NOT_APPLICABLE;
        }
        if (!names.held()) {
            boolean human = c.conflicts().stream().anyMatch(conflict -> conflict.code() == ConflictCode.FOREIGN_ENTRY)
                    || c.router().records(names.fqdn()).stream()
                            .anyMatch(record -> !c.rows().ours(record));
            return human ? EntryState.FOREIGN : EntryState.MISSING;
        }
        List<DnsRecord> named = c.router().records(names.fqdn());
        if (!moving.isEmpty()) {
            return renamed(named, moving);
        }
        return byMapping() ? besideMapping(named) : alone(named);
    }

    /** Whether the mapping alone gives the name its A and PTR records. */
    private boolean byMapping() {
        return !subnet.mappingDomain().isEmpty()
                && (names.mapping() + "." + subnet.mappingDomain()).equalsIgnoreCase(names.fqdn());
    }

    /** What people added to the old name gets the new one along with the guest. */
    private EntryState renamed(List<DnsRecord> named, List<DnsRecord> moving) {
        List<DnsRecord> all = Stream.concat(named.stream(), moving.stream())
                .filter(record -> record.kind() == DnsRecord.Kind.HOST_MAPPING)
                .distinct()
                .toList();
        put(wanted(all), all, truth() + ", and what was added to " + moving.getFirst() + " goes along with it");
        return named.isEmpty() ? EntryState.MISSING : EntryState.DIFFERS;
    }

    /** Only a record makes the name. */
    private EntryState alone(List<DnsRecord> named) {
        List<DnsRecord> wrong =
                named.stream().filter(found -> !found.holds(address)).toList();
        if (!named.isEmpty() && wrong.isEmpty()) {
            return EntryState.OK;
        }
        Optional<DnsRecord> right = right(named);
        if (right.isPresent()) {
            merge(right.get(), wrong);
        } else {
            put(
                    wanted(wrong),
                    wrong,
                    named.isEmpty()
                            ? truth() + ", which the router does not know"
                            : truth() + " and the router has " + wrong.getFirst());
        }
        return named.isEmpty() ? EntryState.MISSING : EntryState.DIFFERS;
    }

    /** The mapping makes the name; a record of this name must not give only other IPv4 addresses. */
    private EntryState besideMapping(List<DnsRecord> named) {
        List<DnsRecord> wrong = named.stream().filter(this::contradicts).toList();
        Optional<DnsRecord> right = right(named);
        if (wrong.isEmpty()) {
            named.stream()
                    .filter(this::isLeftover)
                    .forEach(record -> remove(
                            record,
                            "the router's mapping of " + c.title() + " makes " + names.fqdn()
                                    + " by itself, so Berth's record of it is no longer needed"));
            Stream<Mapping> making =
                    c.router().mappingsNamed(names.mapping()).stream().filter(mapping -> !mapping.disabled());
            return making.anyMatch(mapping -> mapping.maps(address)) ? EntryState.OK : EntryState.MISSING;
        }
        if (right.isPresent()) {
            merge(right.get(), wrong);
        } else if (wanted(wrong).equals(asBerthWrites())) {
            wrong.forEach(record -> remove(
                    record,
                    "the mapping of " + c.title() + " gives " + names.fqdn() + " the address " + address
                            + "; this record gives it another"));
        } else {
            put(wanted(wrong), wrong, truth() + " and the router has " + wrong.getFirst());
        }
        return EntryState.DIFFERS;
    }

    private Optional<DnsRecord> right(List<DnsRecord> named) {
        return named.stream().filter(found -> found.holds(address)).findFirst();
    }

    private boolean contradicts(DnsRecord record) {
        return !record.holds(address) && record.addresses().stream().anyMatch(IpAddress::isAddress);
    }

    /**
     * A name may be on the router more than once: EdgeOS distinguishes names by case, DNS does not. If one of the records
     * is right, it keeps its spelling, gets what people added to the others, and the others are removed.
     */
    private void merge(DnsRecord right, List<DnsRecord> wrong) {
        List<String> addresses = joined(right.addresses(), kept(wrong));
        if (addresses.size() > right.addresses().size() && right.kind() == DnsRecord.Kind.HOST_MAPPING) {
            DnsRecord whole = new DnsRecord(right.kind(), right.name(), right.aliases(), addresses);
            List<DnsRecord> all =
                    Stream.concat(Stream.of(right), wrong.stream()).toList();
            put(whole, all, truth() + " and the router also has " + wrong.getFirst());
            return;
        }
        wrong.forEach(record -> remove(record, truth() + " and the router also has " + record));
    }

    /** A record just as Berth writes it, from the time when mappings made no names; with anything more it may stay. */
    private boolean isLeftover(DnsRecord record) {
        return record.kind() == DnsRecord.Kind.HOST_MAPPING
                && record.name().equals(names.fqdn())
                && record.addresses().equals(List.of(address.toString()))
                && (record.aliases().isEmpty() || record.aliases().equals(label()));
    }

    private DnsRecord asBerthWrites() {
        return wanted(List.of());
    }

    private DnsRecord wanted(List<DnsRecord> replaced) {
        List<String> aliases =
                replaced.stream().flatMap(record -> record.aliases().stream()).toList();
        List<String> free = joined(label(), aliases.stream().filter(alias -> !isLabelOf(alias, replaced))).stream()
                .filter(alias -> isFree(alias, replaced))
                .toList();
        List<String> addresses = joined(List.of(address.toString()), kept(replaced));
        return new DnsRecord(DnsRecord.Kind.HOST_MAPPING, names.fqdn(), free, addresses);
    }

    private List<String> label() {
        return List.of(c.label().label());
    }

    private boolean isFree(String alias, List<DnsRecord> replaced) {
        return c.router().hosts(alias).isEmpty()
                && c.router().records(alias).stream()
                        .allMatch(found -> found.named(names.fqdn()) || replaced.contains(found));
    }

    /** Whether it is the short form of another name, which Berth itself wrote as an alias of that. */
    private boolean isLabelOf(String alias, List<DnsRecord> records) {
        return records.stream()
                .filter(record -> !record.named(names.fqdn()))
                .anyMatch(record -> NameRule.label(record.name()).equalsIgnoreCase(alias));
    }

    /** What people added to records: not the address that Berth wrote, or that was written instead of it. */
    private Stream<String> kept(List<DnsRecord> records) {
        return records.stream().flatMap(record -> {
            List<String> own =
                    c.rows().ownAddresses(record).map(IpAddress::toString).toList();
            return record.addresses().stream()
                    .filter(text -> own.isEmpty() ? !IpAddress.isAddress(text) : !own.contains(text));
        });
    }

    private static List<String> joined(List<String> first, Stream<String> more) {
        return Stream.concat(first.stream(), more).distinct().toList();
    }

    private String truth() {
        return "NIPAP binds " + address + " to " + c.title() + " under the name " + names.fqdn();
    }

    private void put(DnsRecord wanted, List<DnsRecord> replaces, String reason) {
        c.onRouter(new RouterChange.PutRecord(wanted, replaces), reason);
    }

    private void remove(DnsRecord record, String reason) {
        c.onRouter(new RouterChange.RemoveRecord(record), reason);
    }

    /** What takes a row's address from every name that the row has or had. */
    static Stream<RouterChange> withdrawals(AddressRow row, RouterView router) {
        return withdrawn(row, router).map(record -> withdrawal(record, row));
    }

    private static Stream<DnsRecord> withdrawn(AddressRow row, RouterView router) {
        return written(row, router)
                .filter(record -> record.holds(row.address()) && !Loan.lends(row, record))
                .distinct();
    }

    /** The records of the names that a row has or had. */
    private static Stream<DnsRecord> written(AddressRow row, RouterView router) {
        return Ownership.names(row)
                .flatMap(name -> router.records(name).stream().filter(record -> record.named(name)))
                .filter(record -> record.kind() == DnsRecord.Kind.HOST_MAPPING);
    }

    /** A record that leads nowhere else is removed; one with further addresses, which people added, keeps those. */
    private static RouterChange withdrawal(DnsRecord record, AddressRow row) {
        List<String> rest = record.addresses().stream()
                .filter(other -> !other.equals(row.address().toString()))
                .toList();
        return rest.isEmpty()
                ? new RouterChange.RemoveRecord(record)
                : new RouterChange.PutRecord(
                        new DnsRecord(record.kind(), record.name(), record.aliases(), rest), List.of(record));
    }

    /** After a rename the old name loses the row's address. */
    private void removeOldNames(List<DnsRecord> moving) {
        binding.existing().filter(AddressRow::ours).ifPresent(row -> withdrawn(row, c.router())
                .filter(record -> !(names.held() && record.named(names.fqdn())))
                .filter(record ->
                        moving.stream().noneMatch(moved -> moved.name().equals(record.name())))
                .forEach(record ->
                        c.onRouter(withdrawal(record, row), c.title() + " no longer has the name " + record.name())));
    }

    /** The records of old names to which admins added aliases or addresses: these move to the new name. */
    private List<DnsRecord> moving() {
        if (!names.held() || names.fqdn().isEmpty()) {
            return List.of();
        }
        return binding.existing().filter(AddressRow::ours).stream()
                .flatMap(row -> written(row, c.router()).filter(record -> Ownership.leadsTo(record, row.address())))
                .filter(record -> !record.named(names.fqdn()) && isMoreThanBerths(record))
                .distinct()
                .toList();
    }

    private static boolean isMoreThanBerths(DnsRecord record) {
        return record.addresses().size() > 1
                || record.aliases().stream().anyMatch(alias -> !alias.equalsIgnoreCase(NameRule.label(record.name())));
    }
}
