package net.berth.plan.guest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.berth.model.Guest;
import net.berth.model.Hostname;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/**
 * What a guest's rows say of it and one answer of Proxmox lacks: its name, or a NIC. A single answer proves nothing, so
 * the caller plans with the guest as its rows have it until a later answer lacks it too.
 */
public final class MissingRule {
    /** The guest's name among what is missing; a NIC is there by its own name. */
    public static final String NAME = "name";

    private MissingRule() {}

    /** What the answer lacks. */
    public static Set<String> missing(Guest guest, List<AddressRow> own, List<Network> networks) {
        Set<String> missing = new TreeSet<>();
        name(guest, own).ifPresent(name -> missing.add(NAME));
        nics(guest, own, networks).forEach(nic -> missing.add(nic.id().name()));
        return missing;
    }

    /** The guest with what of it is still unsure as its rows have it. */
    public static Guest restored(Guest guest, List<AddressRow> own, List<Network> networks, Set<String> unsure) {
        SortedMap<Integer, Nic> all = new TreeMap<>();
        guest.nics().forEach(nic -> all.put(nic.id().index(), nic));
        nics(guest, own, networks)
                .filter(nic -> unsure.contains(nic.id().name()))
                .forEach(nic -> all.put(nic.id().index(), nic));
        String name = name(guest, own).filter(known -> unsure.contains(NAME)).orElse(guest.name());
        return guest.with(name, List.copyOf(all.values()));
    }

    private static Optional<String> name(Guest guest, List<AddressRow> own) {
        String number = Hostname.ofNumber(guest.id()).label();
        return Stream.of(guest.name())
                .filter(String::isEmpty)
                .flatMap(none -> live(guest, own))
                .map(AddressRow::node)
                .filter(node -> !node.isEmpty() && !node.equals(number) && !node.startsWith(number + "-"))
                .findFirst();
    }

    /** The NICs of rows that the answer has not, or not on any bridge. */
    private static Stream<Nic> nics(Guest guest, List<AddressRow> own, List<Network> networks) {
        return live(guest, own)
                .filter(row ->
                        at(guest, row).filter(nic -> !nic.bridge().isEmpty()).isEmpty())
                .flatMap(row -> networks.stream()
                        .filter(network -> network.prefix().contains(row.address()))
                        .flatMap(network -> nic(row, network).stream()));
    }

    private static Optional<Nic> nic(AddressRow row, Network network) {
        return row.mac()
                .map(mac -> new Nic(
                        row.nic().orElseThrow(),
                        mac,
                        network.bridge(),
                        network.vlan(),
                        new NicConfig.Ignored("Proxmox's last answer does not show this NIC; Berth asks again")));
    }

    private static Stream<AddressRow> live(Guest guest, List<AddressRow> own) {
        return own.stream().filter(row -> !row.quarantined() && row.isOf(guest.id()) && isSameMachine(guest, row));
    }

    /** VMIDs are used again: what another machine had is not missing. */
    private static boolean isSameMachine(Guest guest, AddressRow row) {
        String uuid = row.avp(RowAttributes.UUID);
        if (!uuid.isEmpty() && !guest.uuid().isEmpty()) {
            return uuid.equalsIgnoreCase(guest.uuid());
        }
        return at(guest, row)
                .map(nic -> row.mac().filter(nic.mac()::equals).isPresent())
                .orElse(guest.name().isEmpty() || guest.name().equalsIgnoreCase(row.node()));
    }

    private static Optional<Nic> at(Guest guest, AddressRow row) {
        return guest.nics().stream()
                .filter(nic -> row.nic().filter(nic.id()::equals).isPresent())
                .findFirst();
    }
}
