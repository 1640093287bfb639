package net.berth.plan.entry;

import java.time.Instant;
import java.util.ArrayList;
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
import net.berth.plan.Change;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;
import net.berth.plan.address.Binding;
import net.berth.plan.view.EntryState;

/** Plans the DNS name of a NIC, in the form that restarts the router's resolver least. */
public final class RecordRule {
    private RecordRule() {}

    /** Adds what is needed to the case and answers how the router stands to it now. */
    public static EntryState plan(
            NicCase c, DhcpSubnet subnet, IpAddress address, NameRule.Names names, Binding binding) {
        removeOldNames(c, names, binding);
        if (names.fqdn().isEmpty()) {
            return EntryState.NOT_APPLICABLE;
        }
        if (!names.held()) {
            boolean human = c.conflicts().stream().anyMatch(conflict -> conflict.code() == ConflictCode.FOREIGN_ENTRY);
            return human ? EntryState.FOREIGN : EntryState.MISSING;
        }
        List<DnsRecord> named = c.router().records(names.fqdn());
        if (byMapping(subnet, names)) {
            return planWithMapping(c, address, names, named);
        }
        List<DnsRecord> wrong =
                named.stream().filter(found -> !leadsTo(found, address)).toList();
        if (!named.isEmpty() && wrong.isEmpty()) {
            return EntryState.OK;
        }
        String truth = "NIPAP binds " + address + " to " + c.title() + " under the name " + names.fqdn();
        Optional<DnsRecord> right =
                named.stream().filter(found -> leadsTo(found, address)).findFirst();
        if (right.isPresent()) {
            leaveOnly(c, right.get(), wrong, truth);
            return EntryState.DIFFERS;
        }
        c.change(new Change.OnRouter(
                c.nic().id(),
                new RouterChange.PutRecord(wanted(c, address, names, wrong), wrong),
                named.isEmpty()
                        ? truth + ", which the router does not know"
                        : truth + " and the router has " + wrong.getFirst()));
        return named.isEmpty() ? EntryState.MISSING : EntryState.DIFFERS;
    }

    /**
     * A name may stand there more than once: EdgeOS tells names in capitals from those without, DNS does not. Where one of
     * them is right it stays as somebody wrote it, and the others go.
     */
    private static void leaveOnly(NicCase c, DnsRecord right, List<DnsRecord> wrong, String truth) {
        List<String> more = Stream.concat(right.addresses().stream(), otherFamily(wrong))
                .distinct()
                .toList();
        if (more.size() > right.addresses().size() && right.kind() == DnsRecord.Kind.HOST_MAPPING) {
            List<DnsRecord> all =
                    Stream.concat(Stream.of(right), wrong.stream()).toList();
            DnsRecord whole = new DnsRecord(right.kind(), right.name(), right.aliases(), more);
            c.change(new Change.OnRouter(
                    c.nic().id(),
                    new RouterChange.PutRecord(whole, all),
                    truth + " and the router also has " + wrong.getFirst()));
            return;
        }
        wrong.forEach(record -> c.change(new Change.OnRouter(
                c.nic().id(), new RouterChange.RemoveRecord(record), truth + " and the router also has " + record)));
    }

    /** IPv6 addresses that somebody added. */
    private static Stream<String> otherFamily(List<DnsRecord> records) {
        return records.stream()
                .flatMap(record -> record.addresses().stream())
                .filter(text -> !IpAddress.isAddress(text))
                .distinct();
    }

    /** Whether the mapping alone gives the name its A and PTR records. */
    private static boolean byMapping(DhcpSubnet subnet, NameRule.Names names) {
        return !subnet.mappingDomain().isEmpty()
                && (names.mapping() + "." + subnet.mappingDomain()).equalsIgnoreCase(names.fqdn());
    }

    /** The mapping makes the name; a record of the same name may stay only while it says the same. */
    private static EntryState planWithMapping(
            NicCase c, IpAddress address, NameRule.Names names, List<DnsRecord> named) {
        List<DnsRecord> wrong =
                named.stream().filter(found -> !leadsTo(found, address)).toList();
        for (DnsRecord record : wrong) {
            c.change(new Change.OnRouter(
                    c.nic().id(),
                    new RouterChange.RemoveRecord(record),
                    "the mapping of " + c.title() + " gives " + names.fqdn() + " the address " + address
                            + "; this record says otherwise"));
        }
        if (!wrong.isEmpty()) {
            return EntryState.DIFFERS;
        }
        named.stream()
                .filter(found -> isLeftover(c, found, names))
                .forEach(record -> c.change(new Change.OnRouter(
                        c.nic().id(),
                        new RouterChange.RemoveRecord(record),
                        "the router's mapping of " + c.title() + " makes " + names.fqdn()
                                + " by itself, so Berth's record of it is no longer needed")));
        Stream<Mapping> making =
                c.router().mappingsNamed(names.mapping()).stream().filter(mapping -> !mapping.disabled());
        return making.anyMatch(mapping -> mapping.maps(address)) ? EntryState.OK : EntryState.MISSING;
    }

    /** A record just as Berth writes it, from the time when mappings made no names; with anything more it may stay. */
    private static boolean isLeftover(NicCase c, DnsRecord record, NameRule.Names names) {
        return c.rows().ours(record)
                && record.name().equals(names.fqdn())
                && record.addresses().size() == 1
                && (record.aliases().isEmpty()
                        || record.aliases().equals(List.of(c.label().label())));
    }

    /** Whether the record gives this IPv4 address and no other; IPv6 addresses are nobody's business yet. */
    static boolean leadsTo(DnsRecord record, IpAddress address) {
        return record.holds(address)
                && record.addresses().stream().filter(IpAddress::isAddress).count() == 1;
    }

    /** IPv6 addresses that somebody added to the name are carried over. */
    private static DnsRecord wanted(NicCase c, IpAddress address, NameRule.Names names, List<DnsRecord> replaced) {
        List<String> addresses = new ArrayList<>(List.of(address.toString()));
        otherFamily(replaced).forEach(addresses::add);
        String label = c.label().label();
        boolean aliasFree = c.router().records(label).stream().allMatch(found -> found.named(names.fqdn()));
        return new DnsRecord(
                DnsRecord.Kind.HOST_MAPPING, names.fqdn(), aliasFree ? List.of(label) : List.of(), addresses);
    }

    /** Records of a row under every name that it has or had; each leads to its address and nowhere else. */
    static Stream<DnsRecord> underOldNames(AddressRow row, RouterView router, Instant now) {
        Stream<DnsRecord> known = OldNames.all(row).flatMap(name -> named(name, router));
        Stream<DnsRecord> back =
                OldNames.former(row, now).flatMap(name -> named(name, router)).filter(RecordRule::isAsBerthWrites);
        return Stream.concat(known, back)
                .filter(record -> record.kind() == DnsRecord.Kind.HOST_MAPPING && leadsTo(record, row.address()))
                .distinct();
    }

    private static Stream<DnsRecord> named(String name, RouterView router) {
        return router.records(name).stream().filter(record -> record.named(name));
    }

    /** A person who wants to keep an old name writes it without the short one as its alias. */
    private static boolean isAsBerthWrites(DnsRecord record) {
        int dot = record.name().indexOf('.');
        return dot > 0
                && record.addresses().size() == 1
                && record.aliases().equals(List.of(record.name().substring(0, dot)));
    }

    /** After a rename the old name goes, while it still points here and nowhere else. */
    private static void removeOldNames(NicCase c, NameRule.Names names, Binding binding) {
        binding.existing().filter(AddressRow::ours).stream()
                .flatMap(row -> underOldNames(row, c.router(), c.situation().now()))
                .filter(record -> !(names.held() && record.named(names.fqdn())))
                .forEach(record -> c.change(new Change.OnRouter(
                        c.nic().id(),
                        new RouterChange.RemoveRecord(record),
                        c.title() + " no longer holds the name " + record.name())));
    }
}
