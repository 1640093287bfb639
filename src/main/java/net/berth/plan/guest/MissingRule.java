package net.berth.plan.guest;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.berth.model.Guest;
import net.berth.model.Hostname;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.address.BindingRule;

/**
 * Finds what an answer of Proxmox lacks of what the guest's rows have: its name, or NICs. A single answer proves nothing, so
 * the guest is planned as if it had them until a later answer lacks them too.
 */
public final class MissingRule {
    private static final NicConfig UNSURE =
            new NicConfig.Ignored("Proxmox's last answer does not show this NIC; Berth reads it again");

    private MissingRule() {}

    /** The guest with its name and its NICs as its rows have them where the answer lacks them; an equal one where it lacks nothing. */
    public static Guest completed(Guest answer, List<AddressRow> own, List<Network> networks) {
        List<AddressRow> rows = own.stream().filter(row -> !row.quarantined()).toList();
        if (rows.stream().anyMatch(row -> isAnotherMachine(answer, row))) {
            return answer;
        }
        SortedMap<NicId, Nic> nics = new TreeMap<>();
        rows.forEach(row -> nic(row, networks).ifPresent(nic -> nics.put(nic.id(), nic)));
        answer.nics().stream()
                .filter(nic -> !nic.bridge().isEmpty() || !nics.containsKey(nic.id()))
                .forEach(nic -> nics.put(nic.id(), nic));
        return answer.with(answer.name().isEmpty() ? name(answer, rows) : answer.name(), List.copyOf(nics.values()));
    }

    /** VMIDs are used again: what another machine had is not missing. */
    private static boolean isAnotherMachine(Guest answer, AddressRow row) {
        String uuid = row.avp(RowAttributes.UUID);
        return answer.nics().stream()
                .filter(nic -> row.binds(nic.id()))
                .findFirst()
                .map(nic -> BindingRule.isAnotherMachine(answer, nic, row))
                .orElse(!uuid.isEmpty() && !answer.uuid().isEmpty() && !uuid.equalsIgnoreCase(answer.uuid()));
    }

    private static Optional<Nic> nic(AddressRow row, List<Network> networks) {
        return networks.stream()
                .filter(network -> network.prefix().contains(row.address()))
                .flatMap(network -> row.mac().stream()
                        .map(mac -> new Nic(row.nic().orElseThrow(), mac, network.bridge(), network.vlan(), UNSURE)))
                .findFirst();
    }

    /** The rows of a guest without a name have generated ones. */
    private static String name(Guest answer, List<AddressRow> rows) {
        String generated = Hostname.ofNumber(answer.id()) + "-";
        return rows.stream()
                .map(AddressRow::node)
                .filter(node -> !(node + "-").startsWith(generated))
                .findFirst()
                .orElse("");
    }
}
