package net.berth.sim;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;

/** Whether what a person is told as a conflict is so: the entry, the row or the guest that it names is there and does what it says. */
final class Causes {
    private final World world;

    Causes(World world) {
        this.world = world;
    }

    boolean explain(Guest guest, Conflict conflict) {
        if (conflict.code() == ConflictCode.RELEASE_HELD) {
            return true;
        }
        Optional<Nic> nic = guest.nics().stream()
                .filter(each -> each.id().name().equals(conflict.nic()))
                .findFirst();
        return nic.filter(found -> explain(found, conflict)).isPresent();
    }

    private boolean explain(Nic nic, Conflict conflict) {
        Network network = world.scene.network(nic);
        return switch (conflict.code()) {
            case NAME_TAKEN ->
                ofOthers(nic).anyMatch(row -> isNamed(conflict, row)) || isForeign(nic, network, conflict);
            case MAC_TAKEN ->
                ofOthers(nic).filter(row -> isNamed(conflict, row)).anyMatch(row -> row.avp(RowAttributes.MAC)
                        .equals(nic.mac().text()));
            case ADDRESS_TAKEN ->
                Vm.fixed(nic)
                        .filter(fixed ->
                                ofOthers(nic).anyMatch(row -> row.address().equals(fixed)))
                        .isPresent();
            case GUEST_DIFFERS ->
                Vm.fixed(nic)
                        .filter(fixed -> world.nipap.live(nic.id()).stream()
                                .noneMatch(row -> row.address().equals(fixed)))
                        .isPresent();
            case OUTSIDE_PREFIX ->
                Vm.fixed(nic).filter(fixed -> !network.prefix().isHost(fixed)).isPresent();
            case POOL_EXHAUSTED -> isFull(network);
            case WISH_NOT_FREE ->
                world.pve.find(nic.id().guest()).stream()
                        .flatMap(vm -> vm.tags.stream())
                        .map(tag -> IpAddress.parse(tag.substring(3).replace('-', '.')))
                        .anyMatch(wish -> !network.prefix().isHost(wish) || network.isGateway(wish) || !isFree(wish));
            case FOREIGN_ENTRY -> isForeign(nic, network, conflict);
            default -> false;
        };
    }

    /** Rows that bind other guests, whether they are there or only not let go of yet. */
    private Stream<AddressRow> ofOthers(Nic nic) {
        return world.nipap.all().stream()
                .filter(row -> row.ours() && !row.quarantined())
                .filter(row -> !row.nic().orElseThrow().guest().equals(nic.id().guest()));
    }

    private static boolean isNamed(Conflict conflict, AddressRow row) {
        return conflict.message().contains(row.nic().orElseThrow() + " (" + row.address() + ")");
    }

    private boolean isForeign(Nic nic, Network network, Conflict conflict) {
        // Behind that it says what the entry stands in the way of.
        String told = conflict.message().split(" not Berth's", 2)[0];
        Stream<Object> entries =
                Stream.concat(world.edge.view().mappings().stream(), world.edge.view().records().stream());
        List<Object> named =
                entries.filter(entry -> told.contains(entry.toString())).toList();
        if (!named.isEmpty()) {
            return named.stream().noneMatch(entry -> world.edge.byBerth().contains(entry));
        }
        boolean forGuest = world.nipap.all().stream()
                .filter(row -> !row.ours() && row.externalKey().isEmpty())
                .filter(row -> conflict.message().contains("the hand-made row " + row.address() + " (node"))
                .anyMatch(row -> world.pve
                        .find(nic.id().guest())
                        .filter(vm -> row.node().equalsIgnoreCase(vm.name))
                        .isPresent());
        if (forGuest) {
            return true;
        }
        // One that is disabled says as well which address was the machine's.
        Stream<IpAddress> mapped = world.edge.view().mappings().stream()
                .filter(mapping -> mapping.maps(nic.mac()))
                .flatMap(mapping -> mapping.address().stream());
        return Stream.concat(Vm.fixed(nic).stream(), mapped)
                .anyMatch(wish -> network.isGateway(wish)
                        || world.nipap.at(wish).filter(row -> !row.ours()).isPresent());
    }

    /** No address of it is left that nobody has, asks for or gives out. */
    private boolean isFull(Network network) {
        Prefix pool = world.scene.pool(network);
        for (IpAddress next = pool.network().plus(1); pool.contains(next); next = next.plus(1)) {
            if (pool.isHost(next) && !network.isGateway(next) && isFree(next)) {
                return false;
            }
        }
        return true;
    }

    private boolean isFree(IpAddress address) {
        boolean dynamic = world.scene.subnets().stream()
                .map(DhcpSubnet::ranges)
                .flatMap(List::stream)
                .anyMatch(range -> range.contains(address));
        boolean known = world.edge.view().mappings().stream().anyMatch(mapping -> mapping.maps(address))
                || world.edge.view().records().stream().anyMatch(record -> record.holds(address));
        boolean configured = world.pve
                .nics()
                .map(Nic::config)
                .anyMatch(config -> config instanceof NicConfig.Static fixed
                        && fixed.address().address().equals(address));
        return !dynamic && !known && !configured && world.nipap.at(address).isEmpty();
    }
}
