package net.berth.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.berth.engine.report.GuestReport;
import net.berth.model.Guest;
import net.berth.model.Inventory;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/** Shows a guest whose config could not be read, as far as NIPAP's rows and the list of guests know it. */
final class UnreadGuest {
    private UnreadGuest() {}

    /** Its report, failing with the cause; empty when no row tells that it is Berth's. */
    static Optional<GuestReport> report(
            Inventory.Entry entry, List<AddressRow> allRows, List<Network> networks, String problem, Instant at) {
        List<AddressRow> rows = allRows.stream()
                .filter(row -> !row.quarantined())
                .filter(row ->
                        row.nic().map(NicId::guest).filter(entry.id()::equals).isPresent())
                .toList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Guest guest = new Guest(
                entry.id(),
                entry.name(),
                entry.node(),
                entry.status(),
                Duration.ZERO,
                false,
                entry.lock(),
                "",
                false,
                "",
                List.of(),
                List.of());
        List<NicView> nics = rows.stream()
                .filter(row -> MacAddress.isMac(row.avp(RowAttributes.MAC)))
                .flatMap(row -> networks.stream()
                        .filter(network -> network.prefix().contains(row.address()))
                        .map(network -> nic(row, network)))
                .toList();
        return Optional.of(new GuestReport(guest, GuestState.FAILING, nics, List.of(), List.of(), problem, at));
    }

    private static NicView nic(AddressRow row, Network network) {
        EntryState onRouter = network.onRouter() ? EntryState.UNKNOWN : EntryState.NOT_APPLICABLE;
        return new NicView(
                        row.nic().orElseThrow().name(),
                        row.avp(RowAttributes.MAC),
                        NicView.Bound.on(
                                network, network.onInterface(row.address()).toString(), ""),
                        new NicView.States(EntryState.UNKNOWN, onRouter, onRouter, EntryState.UNKNOWN),
                        NicView.Remarks.NONE)
                .claimedBy(row);
    }
}
