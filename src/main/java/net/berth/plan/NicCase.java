package net.berth.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.model.Guest;
import net.berth.model.Hostname;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.Policy;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.entry.ReleaseRule;

/** One NIC on its network, with everything its plan is made from and the place where the plan is collected. */
public final class NicCase {
    private final Situation situation;
    private final Nic nic;
    private final Network network;
    private final List<Network> networks;
    private final OwnedRows rows;
    private final Policy policy;
    private final Hostname label;
    private final List<Change> changes = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    public NicCase(
            Situation situation,
            Nic nic,
            Network network,
            List<Network> networks,
            OwnedRows rows,
            Policy policy,
            boolean firstNic) {
        this.situation = situation;
        this.nic = nic;
        this.network = network;
        this.networks = networks;
        this.rows = rows;
        this.policy = policy;
        this.label = label(situation.guest(), nic, firstNic);
    }

    /** The first managed NIC has the guest's own name; each further one has a suffix, so that no two have one name. */
    private static Hostname label(Guest guest, Nic nic, boolean firstNic) {
        Hostname own = Hostname.ofGuest(guest.name(), guest.id());
        Hostname fitting = own.fitsRouter() ? own : own.with("-" + guest.id().vmid());
        return firstNic ? fitting : fitting.with("-" + nic.id().name());
    }

    public Situation situation() {
        return situation;
    }

    public Guest guest() {
        return situation.guest();
    }

    public Nic nic() {
        return nic;
    }

    public Network network() {
        return network;
    }

    public OwnedRows rows() {
        return rows;
    }

    /** Whether a row's address is in a network for which the router has a mapping of each row. */
    public boolean isMapped(AddressRow row) {
        return networks.stream()
                        .anyMatch(each -> each.onRouter() && each.prefix().contains(row.address()))
                && router().subnets().stream()
                        .anyMatch(subnet -> subnet.prefix().contains(row.address()));
    }

    public RouterView router() {
        return situation.router();
    }

    public Policy policy() {
        return policy;
    }

    public ReleaseRule release() {
        return new ReleaseRule(rows, router(), policy.releaseAfter(), situation.now());
    }

    /** The label that this NIC would like to have. */
    public Hostname label() {
        return label;
    }

    /** The name of a mapping that must not make another owner's DNS name. */
    public Hostname plainLabel() {
        return Hostname.ofNumber(guest().id()).with("-" + nic.id().name());
    }

    /** The fixed address that the guest would bring up; without a cloud-init drive a VM's config has no effect. */
    public Optional<IpAddress> configured() {
        return guest().takesAddress() && nic.config() instanceof NicConfig.Static fixed
                ? Optional.of(fixed.address().address())
                : Optional.empty();
    }

    /** {@code web (home/qemu/101) net0}. */
    public String title() {
        return guest().title() + " " + nic.id().name();
    }

    public void change(Change change) {
        changes.add(change);
    }

    public void conflict(ConflictCode code, String message, String fix) {
        conflicts.add(new Conflict(code, nic.id().name(), message, fix));
    }

    List<Change> changes() {
        return changes;
    }

    public List<Conflict> conflicts() {
        return conflicts;
    }
}
