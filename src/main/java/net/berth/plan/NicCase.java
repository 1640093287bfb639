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
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.entry.ReleaseRule;

/**
 * One NIC on its network: what its plan is made from, and the changes and conflicts that are collected.
 *
 * @param label the label that this NIC would like to have
 */
public record NicCase(
        Situation situation,
        Nic nic,
        Network network,
        List<Network> networks,
        OwnedRows rows,
        Policy policy,
        Hostname label,
        List<Change> changes,
        List<Conflict> conflicts) {
    public static NicCase of(
            Situation situation,
            Nic nic,
            Network network,
            List<Network> networks,
            OwnedRows rows,
            Policy policy,
            boolean firstNic) {
        Hostname label = label(situation.guest(), nic, firstNic);
        return new NicCase(
                situation, nic, network, networks, rows, policy, label, new ArrayList<>(), new ArrayList<>());
    }

    /** The first managed NIC has the guest's own name; each further one has a suffix, so that no two have one name. */
    private static Hostname label(Guest guest, Nic nic, boolean firstNic) {
        Hostname own = Hostname.ofGuest(guest.name(), guest.id());
        Hostname fitting = own.fitsRouter() ? own : own.with("-" + guest.id().vmid());
        return firstNic ? fitting : fitting.with("-" + nic.id().name());
    }

    /** This case, which collects the same changes and conflicts, with another label. */
    NicCase labelled(Hostname other) {
        return new NicCase(situation, nic, network, networks, rows, policy, other, changes, conflicts);
    }

    public Guest guest() {
        return situation.guest();
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

    public ReleaseRule release() {
        return new ReleaseRule(rows, router(), policy.releaseAfter(), situation.now());
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

    /**
     * {@code gateway of network lan} or {@code nameserver of network lan}; empty for other addresses. Other machines depend on
     * such an address: Berth never chooses one, and adopts one only for the machine that is seen there.
     */
    public Optional<String> role(IpAddress address) {
        return networks.stream().flatMap(each -> role(each, address).stream()).findFirst();
    }

    private static Optional<String> role(Network network, IpAddress address) {
        if (network.isGateway(address)) {
            return Optional.of("gateway of network " + network.name());
        }
        return network.nameservers().contains(address)
                ? Optional.of("nameserver of network " + network.name())
                : Optional.empty();
    }

    /** {@code web (home/qemu/101) net0}. */
    public String title() {
        return guest().title() + " " + nic.id().name();
    }

    /** The command that gives the guest another name. */
    public String renameCommand() {
        int vmid = guest().id().vmid();
        return switch (guest().id().type()) {
            case QEMU -> "qm set " + vmid + " --name OTHER";
            case LXC -> "pct set " + vmid + " --hostname OTHER";
        };
    }

    public void change(Change change) {
        changes.add(change);
    }

    public void onRouter(RouterChange change, String reason) {
        changes.add(new Change.OnRouter(nic.id(), change, reason));
    }

    public void conflict(ConflictCode code, String message, String fix) {
        conflicts.add(new Conflict(code, nic.id().name(), message, fix));
    }
}
