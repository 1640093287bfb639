package net.berth.engine.reconcile;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.read.Reader;
import net.berth.engine.read.Reader.Reading;
import net.berth.engine.report.ImportReport;
import net.berth.engine.report.ImportReport.Item;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.HumanRow;

/** Takes the router's mappings that belong to no guest (printers, access points) into NIPAP, as rows that are not Berth's. */
public record Importer(Reader reader, Ipam ipam, List<Network> networks) {

    /** Imports, or only answers what would be imported. */
    public ImportReport run(boolean dryRun) {
        Set<MacAddress> macs = macsOfGuests();
        Set<IpAddress> rows = reader.allRows().stream().map(AddressRow::address).collect(Collectors.toSet());
        List<Mapping> mappings = reader.routerNow().mappings();
        List<Item> items = mappings.stream()
                .filter(mapping -> !mapping.disabled())
                .filter(mapping ->
                        mapping.mac().filter(mac -> !macs.contains(mac)).isPresent())
                .flatMap(mapping -> item(mapping).stream())
                .filter(item -> rows.add(item.row().address()))
                .sorted(Comparator.comparing(item -> item.row().address()))
                .toList();
        return new ImportReport(dryRun ? items : items.stream().map(this::made).toList());
    }

    /** Of all guests, Berth's or not: their mappings are theirs, and become theirs in NIPAP by a sync. */
    private Set<MacAddress> macsOfGuests() {
        Inventory inventory = reader.list();
        Set<MacAddress> macs = new HashSet<>();
        String gap = inventory.complete() ? "" : inventory.gap();
        for (Reading reading : reader.configs(inventory, () -> {})) {
            gap = gap.isEmpty() ? reading.problem() : gap;
            reading.guest().forEach(guest -> guest.nics().stream().map(Nic::mac).forEach(macs::add));
        }
        if (!gap.isEmpty()) {
            throw new PeerException(
                    Peer.PROXMOX,
                    PeerException.Kind.DOWN,
                    "not all guests could be read (" + gap
                            + "), so a mapping might be one's of them; nothing is imported");
        }
        return macs;
    }

    private Optional<Item> item(Mapping mapping) {
        return mapping.address().flatMap(address -> networks.stream()
                .filter(network -> network.prefix().isHost(address))
                .findFirst()
                .map(network -> new Item(mapping, network.name(), row(mapping, address), false)));
    }

    private static HumanRow row(Mapping mapping, IpAddress address) {
        return new HumanRow(
                address,
                mapping.name() + " (" + mapping.mac().map(MacAddress::text).orElse("") + ", mapping on the router)");
    }

    private Item made(Item item) {
        return new Item(item.mapping(), item.network(), item.row(), ipam.writeDown(item.row()));
    }
}
