package net.berth.sim;

import java.util.List;
import java.util.Optional;
import net.berth.model.DhcpSubnet;
import net.berth.model.DnsRecord;
import net.berth.model.HostRow;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Mapping;
import net.berth.model.RouterView;

/** What people do by hand in NIPAP and on the router. */
final class People {
    private final World world;
    private final Kernel kernel;
    private final Nipap nipap;
    private final Edge edge;

    People(World world) {
        this.world = world;
        this.kernel = world.kernel;
        this.nipap = world.nipap;
        this.edge = world.edge;
    }

    private static IpAddress address(Step step) {
        return IpAddress.parse((step.b() % 4 == 0 ? "10.0.2." : "10.0.1.") + (2 + step.a() % 11));
    }

    private Optional<Vm> guest(Step step) {
        List<Vm> all = world.pve.all().stream().filter(vm -> vm.id.vmid() > 100).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(step.c() % all.size()));
    }

    private static <T> Optional<T> pick(List<T> items, int number) {
        return items.isEmpty() ? Optional.empty() : Optional.of(items.get(number % items.size()));
    }

    /** Does one step; never between a look of Berth's at the router and its commit. */
    void act(Step step) {
        if (edge.inSession()) {
            kernel.in(150, () -> act(step));
            return;
        }
        long now = kernel.now();
        RouterView view = edge.view();
        switch (step.kind()) {
            case ROW_BY_HAND -> nipap.byHand(address(step), "printer", "by hand", "", now);
            case ROW_FOR_GUEST -> guest(step).ifPresent(vm -> rowFor(vm.name, step, now));
            case ROW_FOR_LATER -> rowFor(Cluster.name(step.c()), step, now);
            case ROW_DELETED ->
                pick(ours(), step.a()).ifPresent(row -> {
                    nipap.deletedByHand(row.address(), now);
                    // What said that the router's entries are Berth's is gone with it.
                    edge.disowned(row.address());
                });
            case ROW_NOTED -> pick(nipap.all(), step.a()).ifPresent(row -> nipap.notedByHand(row.address(), now));
            case MAPPING_BY_HAND ->
                edge.byHand(mapping(address(step), "printer" + step.c() % 3, mac(step), false), now);
            case MAPPING_OF_GUEST ->
                guest(step)
                        .flatMap(vm -> pick(List.copyOf(vm.nics.values()), step.b()))
                        .ifPresent(nic -> edge.byHand(
                                mapping(address(step), "old-" + nic.id().guest().vmid(), nic.mac(), false), now));
            case MAPPING_CHANGED -> pick(view.mappings(), step.a()).ifPresent(found -> change(found, step, now));
            case MAPPING_DELETED -> pick(view.mappings(), step.a()).ifPresent(found -> edge.deletedByHand(found, now));
            case RECORD_BY_HAND -> record("nas" + step.c() % 3 + ".home.lan", address(step), now);
            case RECORD_OF_GUEST -> guest(step).ifPresent(vm -> record(vm.name + ".home.lan", address(step), now));
            case RECORD_DELETED -> pick(view.records(), step.a()).ifPresent(found -> edge.deletedByHand(found, now));
            case ROUTER_LOCKED -> {
                long until = now + 1_000 + step.a() % 80_000;
                edge.lock(until);
                world.trouble.until(until);
            }
            default -> throw new IllegalStateException(step.toString());
        }
    }

    /** Some have another tool that keeps its own key in the row; such a row is not for Berth to take. */
    private void rowFor(String name, Step step, long now) {
        String key = step.b() % 3 == 0 ? "asset-" + step.a() : "";
        if (nipap.byHand(address(step), name, "for " + name, key, now)) {
            world.pve.all().stream().filter(vm -> vm.name.equals(name)).forEach(vm -> vm.namedAt = now);
        }
    }

    private List<HostRow> ours() {
        return nipap.all().stream().filter(HostRow::ours).toList();
    }

    private static MacAddress mac(Step step) {
        return new MacAddress("00:11:22:33:44:%02X".formatted(step.c() % 5));
    }

    private Mapping mapping(IpAddress address, String name, MacAddress mac, boolean disabled) {
        DhcpSubnet subnet = world.scene.subnets().stream()
                .filter(found -> found.prefix().contains(address))
                .findFirst()
                .orElseThrow();
        return new Mapping(
                subnet.sharedNetwork(),
                subnet.prefix().toString(),
                name,
                address.toString(),
                mac.lowerCase(),
                disabled);
    }

    private void record(String name, IpAddress address, long now) {
        edge.byHand(new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name, List.of(), List.of(address.toString())), now);
    }

    /** Another address, another MAC, or switched off. */
    private void change(Mapping found, Step step, long now) {
        edge.deletedByHand(found, now);
        edge.byHand(
                new Mapping(
                        found.sharedNetwork(),
                        found.subnet(),
                        found.name(),
                        step.b() % 3 == 0 ? address(step).toString() : found.addressText(),
                        step.b() % 3 == 1 ? mac(step).lowerCase() : found.macText(),
                        step.b() % 3 == 2),
                now);
    }
}
