package net.berth.plan;

import java.util.Optional;
import net.berth.model.Avps;
import net.berth.model.DnsRecord;
import net.berth.model.HostRow;
import net.berth.model.IpAddress;
import net.berth.model.Mapping;

/** Decides whether a NIC holds the DNS name that its guest's name asks for. The first owner keeps it. */
final class NameRule {
    private NameRule() {}

    /**
     * The names of a NIC.
     *
     * @param held whether it holds its DNS name
     * @param fqdn the DNS name it holds or would like to hold; empty when its network has no domain
     * @param mapping the name of its mapping
     */
    record Names(boolean held, String fqdn, String mapping) {
        /** What the row's description says. */
        String description(NicCase c) {
            return held && !fqdn.isEmpty()
                    ? fqdn
                    : mapping
                            + (c.network().domain().isEmpty()
                                    ? ""
                                    : "." + c.network().domain());
        }
    }

    static Names decide(NicCase c, Binding binding, IpAddress address) {
        String domain = c.network().domain();
        String fqdn = domain.isEmpty() ? "" : c.label().in(domain);
        boolean held = !takenByGuest(c, binding, fqdn) && !takenByHuman(c, address, fqdn);
        return new Names(
                held, fqdn, held ? mappingName(c, binding) : c.plainLabel().label());
    }

    /** A mapping's name must be alone on the whole router, even where two DNS names differ by their domain only. */
    private static String mappingName(NicCase c, Binding binding) {
        String kept = binding instanceof Binding.New fresh
                ? fresh.mappingName()
                : binding.existing().map(row -> row.avp(Avps.MAPPING)).orElse("");
        if (!kept.isEmpty()) {
            return kept;
        }
        boolean taken = c.situation().whole()
                && c.rows()
                        .all()
                        .filter(row -> row.ours()
                                && !row.quarantined()
                                && !row.binds(c.nic().id()))
                        .filter(row -> row.avp(Avps.MAPPING).isEmpty())
                        .filter(row -> firstLabel(row.description())
                                .equalsIgnoreCase(c.label().label()))
                        .anyMatch(row -> isOlder(row, binding));
        return (taken ? c.plainLabel() : c.label()).label();
    }

    private static String firstLabel(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static boolean isOlder(HostRow row, Binding binding) {
        return binding.existing()
                .filter(HostRow::ours)
                .map(own -> row.id() < own.id())
                .orElse(true);
    }

    private static boolean takenByGuest(NicCase c, Binding binding, String fqdn) {
        Optional<HostRow> own = binding.existing().filter(HostRow::ours);
        String name = fqdn.isEmpty() ? c.label().label() : fqdn;
        if (own.isPresent()
                && own.get().description().equalsIgnoreCase(name)
                && !c.situation().whole()) {
            return false;
        }
        boolean holds = own.filter(row -> row.description().equalsIgnoreCase(name) && !row.quarantined())
                .isPresent();
        Optional<HostRow> other = c.rows()
                .all()
                .filter(row ->
                        row.ours() && !row.quarantined() && !row.binds(c.nic().id()))
                .filter(row -> row.description().equalsIgnoreCase(name))
                .filter(row -> !holds || row.id() < own.orElseThrow().id())
                .findFirst();
        other.ifPresent(row -> c.conflict(
                ConflictCode.NAME_TAKEN,
                "the name " + name + " belongs to " + row.nic().orElseThrow() + " (" + row.address()
                        + "), which had it first; " + c.title() + " has its address and no name",
                "give one of the two another name: " + renameCommand(c)));
        return other.isPresent();
    }

    private static boolean takenByHuman(NicCase c, IpAddress address, String fqdn) {
        if (!c.network().onRouter()) {
            return false;
        }
        Optional<String> record = fqdn.isEmpty()
                ? Optional.empty()
                : c.router().records(fqdn).stream()
                        .filter(found -> !isOwn(c, found, address))
                        .map(DnsRecord::toString)
                        .findFirst();
        Optional<String> taken = record.or(() -> c.router().mappings().stream()
                .filter(mapping -> mapping.name().equalsIgnoreCase(c.label().label()))
                .filter(mapping -> !isOwn(c, mapping, address))
                .map(Mapping::toString)
                .findFirst());
        taken.ifPresent(entry -> c.conflict(
                ConflictCode.FOREIGN_ENTRY,
                "the router has a " + entry + " that is not Berth's; " + c.title() + " has its address and no name",
                "delete or rename that entry on the router, or rename the guest: " + renameCommand(c)));
        return taken.isPresent();
    }

    /** An entry for the very address and MAC is this NIC's even before its row is written. */
    private static boolean isOwn(NicCase c, Mapping mapping, IpAddress address) {
        return (mapping.maps(address) && mapping.maps(c.nic().mac()))
                || c.rows().ours(mapping);
    }

    private static boolean isOwn(NicCase c, DnsRecord record, IpAddress address) {
        boolean exactly =
                record.addresses().stream().filter(IpAddress::isAddress).allMatch(address.toString()::equals);
        return (exactly && record.holds(address)) || c.rows().ours(record);
    }

    private static String renameCommand(NicCase c) {
        int vmid = c.guest().id().vmid();
        return switch (c.guest().id().type()) {
            case QEMU -> "qm set " + vmid + " --name OTHER";
            case LXC -> "pct set " + vmid + " --hostname OTHER";
        };
    }
}
