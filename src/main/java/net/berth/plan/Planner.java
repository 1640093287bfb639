package net.berth.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.address.Binding;
import net.berth.plan.address.BindingRule;
import net.berth.plan.address.Sighting;
import net.berth.plan.entry.MappingRule;
import net.berth.plan.entry.NameRule;
import net.berth.plan.entry.Ownership;
import net.berth.plan.entry.RecordRule;
import net.berth.plan.entry.ReleaseRule;
import net.berth.plan.entry.RowRule;
import net.berth.plan.guest.GuestConfigRule;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.NicView;

/**
 * Turns what the three systems hold for one guest into changes and conflicts. Pure: equal inputs give equal plans.
 *
 * <pre>
 * who wins, by what is found                                            | outcome
 * ----------------------------------------------------------------------+-----------------------------------------
 * mapping with two of address, MAC, name of a live row, or the address  | NIPAP: the router's entry is rewritten
 *   of a row; record with the name of a live row: differs               |
 * guest's fixed address differs from its row                            | NIPAP: written when safe, else held and
 *                                                                       |   GUEST_DIFFERS
 * guest has a fixed address, no row, address free                       | guest: a row is made with that address
 * router maps the guest's MAC, no row, address free                     | router: a row is made with that address
 * hand-made row, same node name, no external_key                        | human: the row is adopted, address kept
 * guest's fixed address is another guest's row                          | parent: own address, ADDRESS_TAKEN until
 *                                                                       |   it is in the config
 * DNS name is another guest's                                           | first owner: address, mapping, no name;
 *                                                                       |   NAME_TAKEN
 * live lease of another MAC on the address                              | wire: skipped; ADDRESS_IN_USE if bound or
 *                                                                       |   asked for
 * MAC is another NIC's                                                  | first owner: MAC_TAKEN, its mapping stays
 * entry of a human's with the MAC, name or IP of the NIC                | human: FOREIGN_ENTRY, nothing overwritten
 * guest is not selected                                                 | no change
 * </pre>
 */
public record Planner(List<Network> networks, Policy policy) {
    /** While nothing is decided about the address. */
    private static final NicView.States UNDECIDED =
            new NicView.States(EntryState.MISSING, EntryState.UNKNOWN, EntryState.UNKNOWN, EntryState.UNKNOWN);

    /** The plan for one guest. */
    public GuestPlan plan(Situation situation) {
        if (!policy.selects(situation.guest())) {
            List<NicView> views =
                    situation.guest().nics().stream().map(NicView::unmanaged).toList();
            return new GuestPlan(situation.guest(), false, false, List.of(), List.of(), views);
        }
        OwnedRows rows = new OwnedRows(situation.rows(), situation.whole());
        if (ReleaseRule.isReleased(own(situation), situation)) {
            return released(situation, rows);
        }
        // First, so that a NIC's old row is in quarantine before the NIC claims another.
        List<Change> changes = new ArrayList<>(abandoned(situation, rows));
        // A conflict of the whole guest is found by several of its NICs.
        Set<Conflict> conflicts = new LinkedHashSet<>();
        List<NicView> views = new ArrayList<>();
        boolean first = true;
        for (Nic nic : situation.guest().nics()) {
            Optional<Network> network = Network.of(nic, networks);
            if (network.isEmpty()) {
                views.add(NicView.unmanaged(nic));
                continue;
            }
            NicCase c = NicCase.of(situation, nic, network.get(), networks, rows, policy, first);
            first = false;
            views.add(planNic(c));
            changes.addAll(c.changes());
            conflicts.addAll(c.conflicts());
        }
        List<Change> once = ChangeOrder.sorted(changes);
        List<Change> allowed = policy.mode() == Policy.Mode.CREATE ? ChangeOrder.creating(once) : once;
        return new GuestPlan(situation.guest(), true, rows.needsAll(), allowed, List.copyOf(conflicts), views);
    }

    private static List<AddressRow> own(Situation situation) {
        return situation.rows().of(situation.guest().id());
    }

    /** Until its next start nothing is bound to it again, and what is left of it on the router is deleted. */
    private GuestPlan released(Situation situation, OwnedRows rows) {
        ReleaseRule rule = release(rows, situation.router(), situation.now());
        List<Change> changes = own(situation).stream()
                .flatMap(row -> rule.released(row).stream())
                .toList();
        List<NicView> views = situation.guest().nics().stream()
                .map(nic -> NicView.unmanaged(nic, "released with berth release; managed again from its next start"))
                .toList();
        return new GuestPlan(situation.guest(), false, rows.needsAll(), changes, List.of(), views);
    }

    private ReleaseRule release(OwnedRows rows, RouterView router, Instant now) {
        return new ReleaseRule(rows, router, policy.releaseAfter(), now);
    }

    /**
     * The next steps for all rows of a guest that does not exist; the caller has the proof of that. In mode {@code create}
     * there are none.
     *
     * @param rows the guest's rows at least
     * @param whole whether {@code rows} are all rows in the configured networks
     * @param reason why, such as "home/qemu/101 does not exist any more"
     */
    public Plan.Release gone(
            GuestId guest, RowIndex rows, boolean whole, RouterView router, Instant now, String reason) {
        OwnedRows asked = new OwnedRows(rows, whole);
        return policy.mode() == Policy.Mode.CREATE
                ? new Plan.Release(false, List.of())
                : release(guest, rows, asked, row -> release(asked, router, now).gone(row, reason));
    }

    /** The steps for all rows of a guest that is released by order, whether it exists or not. Nothing is freed by this. */
    public Plan.Release released(GuestId guest, RowIndex rows, boolean whole, RouterView router, Instant now) {
        OwnedRows asked = new OwnedRows(rows, whole);
        return release(guest, rows, asked, row -> release(asked, router, now).released(row));
    }

    private static Plan.Release release(
            GuestId guest, RowIndex rows, OwnedRows asked, Function<AddressRow, List<Change>> steps) {
        List<Change> changes = ChangeOrder.sorted(rows.of(guest).stream()
                .flatMap(row -> steps.apply(row).stream())
                .toList());
        return new Plan.Release(asked.needsAll(), changes);
    }

    private NicView planNic(NicCase asking) {
        Binding binding = new BindingRule(asking).decide();
        NicCase c = binding.existing()
                .flatMap(row -> Ownership.keptLabel(row, asking.network().domain()))
                .map(asking::labelled)
                .orElse(asking);
        if (binding instanceof Binding.Blocked) {
            return view(c, "", "", UNDECIDED, "");
        }
        IpAddress address = binding.bound().orElseThrow();
        if (binding.existing().isPresent()) {
            Sighting.reportForeign(c, address, address + " is bound to " + c.title());
        }
        NameRule.Names names = new NameRule(c, binding, address).decide();
        EntryState ipam = new RowRule(c, names).plan(binding);
        EntryState dhcp = EntryState.NOT_APPLICABLE;
        EntryState dns = EntryState.NOT_APPLICABLE;
        if (c.network().onRouter()) {
            Optional<DhcpSubnet> subnet = c.router().subnet(c.network());
            dhcp = subnet.map(found -> new MappingRule(c, found, address, names.mapping(), binding).plan())
                    .orElseGet(() -> reportNoSubnet(c));
            dns = subnet.map(found -> new RecordRule(c, found, address, names, binding).plan())
                    .orElse(EntryState.UNKNOWN);
        }
        GuestConfigRule.Verdict guest = GuestConfigRule.plan(c, address).and(Sighting.oldLease(c, address));
        String noDhcp = dhcp == EntryState.OK ? c.router().outage().dhcp() : "";
        String noDns = dns == EntryState.OK ? c.router().outage().dns() : "";
        guest = guest.and(noDhcp);
        if (!noDns.isEmpty() && !noDns.equals(noDhcp)) {
            guest = guest.and("the router's resolver answers no names: " + noDns);
        }
        NicView.States states = new NicView.States(
                ipam, noDhcp.isEmpty() ? dhcp : EntryState.HELD, noDns.isEmpty() ? dns : EntryState.HELD, guest.mark());
        String shown = ipam == EntryState.MISSING
                ? ""
                : c.network().onInterface(address).toString();
        NicView view = view(c, shown, names.held() ? names.fqdn() : "", states, guest.note());
        return binding.existing().map(view::claimedBy).orElse(view);
    }

    private static NicView view(NicCase c, String address, String fqdn, NicView.States states, String note) {
        return new NicView(
                c.nic().id().name(),
                c.nic().mac().text(),
                NicView.Bound.on(c.network(), address, fqdn),
                states,
                new NicView.Remarks(note, List.of()));
    }

    private static EntryState reportNoSubnet(NicCase c) {
        c.conflict(
                ConflictCode.ROUTER_NETWORK_MISSING,
                "the router has no shared-network " + c.network().dhcp() + " with subnet "
                        + c.network().prefix() + " for network " + c.network().name(),
                "create it on the router, or correct dhcp: and prefix: of this network in berth.yaml");
        return EntryState.UNKNOWN;
    }

    /** Rows of NICs that were removed, moved to another network, or belong to a machine that had this VMID before. */
    private List<Change> abandoned(Situation situation, OwnedRows rows) {
        ReleaseRule rule = release(rows, situation.router(), situation.now());
        List<Change> changes = new ArrayList<>();
        for (AddressRow row : own(situation)) {
            NicId nic = row.nic().orElseThrow();
            if (isConfigured(row) && !stillBinds(situation, nic, row)) {
                changes.addAll(rule.gone(
                        row, "no NIC of " + situation.guest().title() + " is bound to " + row.address() + " any more"));
            }
        }
        return changes;
    }

    /** A row in a network that is not in the settings (any more) is not changed. */
    private boolean isConfigured(AddressRow row) {
        return networks.stream().anyMatch(network -> network.prefix().contains(row.address()));
    }

    private boolean stillBinds(Situation situation, NicId id, AddressRow row) {
        return situation.guest().nics().stream()
                .filter(nic -> nic.id().equals(id))
                .anyMatch(nic -> Network.of(nic, networks)
                        .filter(network -> network.prefix().contains(row.address()))
                        .filter(network -> !BindingRule.isAnotherMachine(situation.guest(), nic, row))
                        .isPresent());
    }
}
