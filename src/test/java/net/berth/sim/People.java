package net.berth.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowStatus;

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

    /** Does one step. */
    void act(Step step) {
        long now = kernel.now();
        RouterView view = edge.view();
        switch (step.kind()) {
            case ROW_BY_HAND -> nipap.byHand(address(step), "printer", "by hand", "", List.of(Nipap.BY_HAND), now);
            case ROW_FOR_GUEST -> guest(step).ifPresent(vm -> rowFor(vm.name, step, now));
            case ROW_FOR_LATER -> rowFor(Cluster.name(step.c()), step, now);
            case ROW_DELETED ->
                pick(ours(), step.a()).ifPresent(row -> {
                    nipap.deletedByHand(row.address(), now);
                    // What said that the router's entries are Berth's is gone with it.
                    edge.disowned(row.address());
                });
            case ROW_NOTED -> pick(nipap.all(), step.a()).ifPresent(row -> nipap.notedByHand(row.address(), now));
            case ROW_EDITED -> pick(ours(), step.a()).ifPresent(row -> edit(row, step, now));
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
            case RECORD_CHANGED -> pick(view.records(), step.a()).ifPresent(found -> change(found, step, now));
            case RECORD_DELETED -> pick(view.records(), step.a()).ifPresent(found -> edge.deletedByHand(found, now));
            case ROUTER_LOCKED -> {
                long until = now + 1_000 + step.a() % 80_000;
                edge.lock(until);
                world.trouble.until(until);
            }
            default -> throw new IllegalStateException(step.toString());
        }
    }

    /**
     * Some have another tool that keeps its own key in the row; such a row is not for Berth to take. Some tag the row for the
     * guest; without the tag it may be another machine's.
     */
    private void rowFor(String name, Step step, long now) {
        String key = step.b() % 3 == 0 ? "asset-" + step.a() : "";
        List<String> tags = step.c() % 3 == 0 ? List.of(Nipap.BY_HAND) : List.of(Nipap.BY_HAND, Nipap.TAG);
        if (nipap.byHand(address(step), name, "for " + name, key, tags, now)) {
            world.pve.all().stream().filter(vm -> vm.name.equals(name)).forEach(vm -> vm.namedAt = now);
        }
    }

    private List<AddressRow> ours() {
        return nipap.all().stream().filter(AddressRow::ours).toList();
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

    /** Fields of a row of Berth's, in NIPAP's own surface: some are notes, some say whose it is. */
    private void edit(AddressRow row, Step step, long now) {
        change(row, step, now);
        // With neither the MAC nor the name in the row only the address is left: such a mapping is not Berth's to
        // delete.
        nipap.at(row.address())
                .filter(left -> left.mac().isEmpty() && !left.description().startsWith(left.node() + "."))
                .ifPresent(left -> edge.disowned(left.address()));
    }

    private void change(AddressRow row, Step step, long now) {
        switch (step.b() % 6) {
            case 0 -> {
                AddressRow bare = Nipap.with(row, row.node(), row.status(), row.tags(), Map.of());
                nipap.editedByHand(bare, now);
                // What said which other names are Berth's is gone.
                edge.disownedNames(row.address());
                edge.disownedMappings(bare);
            }
            case 1 -> nipap.editedByHand(Nipap.with(row, "typo", row.status(), row.tags(), row.avps()), now);
            case 2 -> {
                AddressRow renamed = described(row, "typo.home.lan");
                nipap.editedByHand(renamed, now);
                edge.disownedNames(row.address());
                edge.disownedMappings(renamed);
            }
            case 3 -> {
                List<RowStatus> all = List.of(RowStatus.values());
                if (!row.quarantined() && !row.claiming()) {
                    RowStatus other = all.get(step.c() % all.size());
                    nipap.editedByHand(Nipap.with(row, row.node(), other, row.tags(), row.avps()), now);
                }
            }
            case 4 -> takeAway(given(row, row.source(), ""), now);
            default -> takeAway(given(row, "nipap", row.externalKey()), now);
        }
    }

    /** What said that the router's entries are Berth's goes with it. */
    private void takeAway(AddressRow row, long now) {
        nipap.editedByHand(row, now);
        edge.disowned(row.address());
    }

    private static AddressRow described(AddressRow row, String description) {
        return new AddressRow(
                row.id(),
                row.address(),
                row.source(),
                row.externalKey(),
                row.node(),
                description,
                row.status(),
                row.tags(),
                row.avps());
    }

    private static AddressRow given(AddressRow row, String source, String key) {
        return new AddressRow(
                row.id(),
                row.address(),
                source,
                key,
                row.node(),
                row.description(),
                row.status(),
                row.tags(),
                row.avps());
    }

    /** One more name, an address of the other family, or a second machine behind the name. */
    private void change(DnsRecord found, Step step, long now) {
        List<String> aliases = new ArrayList<>(found.aliases());
        List<String> addresses = new ArrayList<>(found.addresses());
        switch (step.b() % 3) {
            case 0 -> aliases.add("www");
            case 1 -> addresses.add("fd00::5");
            default -> addresses.add("10.0.9.9");
        }
        edge.deletedByHand(found, now);
        edge.byHand(new DnsRecord(found.kind(), found.name(), aliases, addresses), now);
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
