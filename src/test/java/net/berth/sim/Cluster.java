package net.berth.sim;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.berth.engine.HookEvent;
import net.berth.engine.SyncOptions;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.row.AddressRow;

/** What people do with guests, nodes and receivers. */
final class Cluster {
    private static final List<String> NAMES = List.of("web", "db", "mail", "git", "web", "Copy-of-VM-web", "ns1", "x");

    private static final List<Peer> PEERS = List.of(Peer.PROXMOX, Peer.NIPAP, Peer.ROUTER);

    private final World world;
    private final Kernel kernel;
    private final Pve pve;
    private final TreeMap<GuestId, Vm> backups = new TreeMap<>();
    private int macs;

    Cluster(World world) {
        this.world = world;
        this.kernel = world.kernel;
        this.pve = world.pve;
    }

    static String name(int number) {
        return NAMES.get(number % NAMES.size());
    }

    private MacAddress mac() {
        macs++;
        return new MacAddress("BC:24:11:00:%02X:%02X".formatted(macs / 256, macs % 256));
    }

    private Optional<Vm> guest(Step step) {
        List<Vm> all = pve.all().stream().filter(vm -> vm.id.vmid() > 100).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(step.a() % all.size()));
    }

    /** Somebody's own, and there for ever: were it the last one to go, an empty list would prove nothing. */
    void addStranger() {
        Vm vm = new Vm(new GuestId(Pve.CLUSTER, GuestType.LXC, 100), "nas", "pve1", "", false, kernel.now());
        vm.put(0, mac(), Scene.LAN, new NicConfig.Dhcp());
        vm.hook = world.scene.selectsAll();
        pve.add(vm);
    }

    /** Does one step. */
    void act(Step step) {
        switch (step.kind()) {
            case CREATE -> create(step);
            case SYSTEM_DOWN -> {
                long until = kernel.now() + 5_000 + step.b() % 60_000;
                world.wire.down(PEERS.get(step.a() % 3), until);
                world.trouble.until(until);
            }
            case NODE_DOWN -> {
                String node = Pve.NODES.get(step.a() % 3);
                long down = 5_000L + step.b() % 90_000;
                pve.node(node, false);
                world.trouble.until(kernel.now() + down);
                kernel.in(down, () -> pve.node(node, true));
            }
            case RIGHTS_LOST -> {
                long lost = 5_000L + step.b() % 60_000;
                pve.hide(1 + step.a() % 5);
                world.trouble.until(kernel.now() + lost);
                kernel.in(lost, () -> pve.hide(0));
            }
            case CRASH -> world.crash(world.lives.get(step.a() % world.lives.size()));
            case RESTORE -> restore(step);
            case PURGE -> pve.all().stream().filter(vm -> vm.id.vmid() > 100).forEach(this::destroy);
            case FORGED_HOOK -> forge(step);
            default -> guest(step).ifPresent(vm -> act(step, vm));
        }
    }

    private void act(Step step, Vm vm) {
        switch (step.kind()) {
            case CLONE -> copy(step, vm);
            case START -> world.starts.start(vm, step.b());
            case STOP -> world.starts.stop(vm, step.b(), true);
            case DIE -> world.starts.stop(vm, step.b(), false);
            case RENAME -> {
                vm.name = name(step.b());
                vm.namedAt = kernel.now();
            }
            case SNAPSHOT -> vm.snapshot = new TreeMap<>(vm.nics);
            case MIGRATE -> world.starts.migrate(vm, Pve.NODES.get(step.b() % 3), step.c(), true);
            case MIGRATE_OFFLINE -> world.starts.migrate(vm, Pve.NODES.get(step.b() % 3), step.c(), false);
            case BACKUP -> world.starts.backup(vm, step.b());
            case SYNC -> sync(vm, step);
            case DESTROY -> destroy(vm);
            case MADE_ANEW -> makeAnew(vm, step);
            case UNHOOK, HOOK_AGAIN -> {
                vm.hook = step.kind() == Step.Kind.HOOK_AGAIN || world.scene.selectsAll();
                vm.movedAt = kernel.now();
            }
            default -> nic(step, vm);
        }
    }

    private void nic(Step step, Vm vm) {
        if (vm.busy || !vm.lock.isEmpty()) {
            return;
        }
        int index = step.b() % 2;
        Nic nic = vm.nics.get(index);
        vm.movedAt = kernel.now();
        switch (step.kind()) {
            case NEW_MAC -> {
                if (nic != null) {
                    vm.put(index, mac(), nic.bridge(), nic.config());
                }
            }
            case MOVE_NIC -> {
                if (nic != null) {
                    vm.put(index, nic.mac(), nic.bridge().equals(Scene.LAN) ? Scene.DMZ : Scene.LAN, nic.config());
                }
            }
            case ADD_NIC -> {
                if (nic == null) {
                    vm.put(index, mac(), step.c() % 2 == 0 ? Scene.LAN : Scene.DMZ, new NicConfig.Dhcp());
                }
            }
            case REMOVE_NIC -> {
                vm.nics.remove(index);
            }
            case ROLLBACK -> {
                if (!vm.snapshot.isEmpty() && !vm.running) {
                    vm.nics.clear();
                    vm.nics.putAll(vm.snapshot);
                }
            }
            case CONFIG_BY_HAND -> {
                if (nic != null) {
                    vm.configure(index, byHand(step, world.scene.network(nic)));
                }
            }
            default -> throw new IllegalStateException(step.toString());
        }
    }

    /** What a person may think of: an address of the network, right or not, another guest's, or none at all. */
    private NicConfig byHand(Step step, Network network) {
        String gateway = step.c() % 2 == 0 ? network.gatewayText() : "";
        return switch (step.c() % 7) {
            case 0 -> new NicConfig.Dhcp();
            case 1 -> new NicConfig.Other("ip=manual");
            case 2 -> new NicConfig.Static(InterfaceAddress.parse("10.9.9.9/24"), gateway);
            case 3, 4 ->
                new NicConfig.Static(
                        network.onInterface(network.prefix().network().plus(2 + step.b() % 11)), gateway);
            default -> {
                List<IpAddress> given = world.nipap.all().stream()
                        .map(AddressRow::address)
                        .filter(network.prefix()::contains)
                        .toList();
                yield given.isEmpty()
                        ? new NicConfig.None()
                        : new NicConfig.Static(network.onInterface(given.get(step.b() % given.size())), gateway);
            }
        };
    }

    private void create(Step step) {
        int vmid = 101 + step.a() % 9;
        if (pve.find(vmid).isPresent()) {
            return;
        }
        GuestType type = step.b() % 2 == 0 ? GuestType.QEMU : GuestType.LXC;
        Vm vm = born(new GuestId(Pve.CLUSTER, type, vmid), name(step.c()), step.b() % 4 == 0);
        vm.put(0, mac(), step.c() % 3 == 0 ? Scene.DMZ : Scene.LAN, new NicConfig.Dhcp());
        if (step.c() % 5 == 0) {
            vm.tags = List.of("ip-10-0-" + (1 + step.a() % 2) + "-" + (1 + step.b() % 31));
        }
        if (step.c() % 7 == 0) {
            vm.put(1, mac(), Scene.LAN, new NicConfig.Dhcp());
        }
        pve.add(vm);
    }

    private Vm born(GuestId id, String name, boolean cloudInit) {
        boolean qemu = id.type() == GuestType.QEMU;
        return new Vm(
                id, name, Pve.NODES.get(id.vmid() % 3), qemu ? "uuid-" + ++macs : "", qemu && cloudInit, kernel.now());
    }

    /** A clone carries its parent's addresses, hook and name, and has MACs of its own. */
    private void copy(Step step, Vm parent) {
        int vmid = 101 + step.b() % 9;
        if (pve.find(vmid).isPresent() || !pve.online(parent.node)) {
            return;
        }
        boolean named = step.c() % 2 == 0;
        Vm vm = born(
                new GuestId(Pve.CLUSTER, parent.id.type(), vmid),
                named ? name(step.c()) : parent.name,
                parent.cloudInit);
        vm.hook = parent.hook;
        vm.tags = parent.tags;
        parent.nics.forEach((index, nic) -> vm.put(index, mac(), nic.bridge(), nic.config()));
        vm.node = parent.node;
        pve.add(vm);
        if (step.startsAtOnce()) {
            // As scripts do it: cloned and started, with nobody's look in between.
            startSoon(vm, step);
        }
    }

    /** As tools do it that build machines from a description: gone, and back at once with all that it had but the disk. */
    private void makeAnew(Vm old, Step step) {
        destroy(old);
        kernel.in(1_000 + step.b() % 60_000, () -> {
            if (pve.find(old.id.vmid()).isPresent()) {
                return;
            }
            Vm vm = born(old.id, old.name, old.cloudInit);
            vm.hook = old.hook;
            vm.tags = old.tags;
            old.nics.forEach((index, nic) -> vm.put(index, mac(), nic.bridge(), new NicConfig.Dhcp()));
            pve.add(vm);
            startSoon(vm, step);
        });
    }

    private void startSoon(Vm vm, Step step) {
        kernel.in(500 + step.c() % 4_000, () -> {
            if (pve.find(vm.id).filter(found -> found == vm).isPresent()) {
                world.starts.start(vm, step.a());
            }
        });
    }

    private void destroy(Vm vm) {
        if (vm.busy || !vm.lock.isEmpty() || !pve.online(vm.node)) {
            return;
        }
        world.starts.stop(vm, 0, false);
        backups.put(vm.id, vm);
        pve.destroy(vm);
    }

    /** A restore brings back MACs and addresses; the disk has run if it had. */
    private void restore(Step step) {
        if (backups.isEmpty()) {
            return;
        }
        Vm old = List.copyOf(backups.values()).get(step.a() % backups.size());
        int vmid = step.b() % 3 == 0 ? 101 + step.c() % 9 : old.id.vmid();
        if (pve.find(vmid).isPresent()) {
            return;
        }
        Vm vm = new Vm(
                new GuestId(Pve.CLUSTER, old.id.type(), vmid),
                old.name,
                Pve.NODES.get(step.c() % 3),
                old.uuid,
                old.cloudInit,
                kernel.now());
        old.nics.forEach((index, nic) -> vm.put(index, nic.mac(), nic.bridge(), nic.config()));
        vm.hook = old.hook;
        vm.tags = old.tags;
        vm.restoredFrom(old, kernel.now());
        pve.add(vm);
    }

    private void forge(Step step) {
        HookEvent.Phase[] phases = HookEvent.Phase.values();
        world.starts.forge(new HookEvent(101 + step.a() % 12, phases[step.b() % 4], "pve9", ""), step.c());
    }

    private void sync(Vm vm, Step step) {
        Life life = world.lives.get(step.b() % world.lives.size());
        if (life.dead()) {
            return;
        }
        world.odd.spare(vm.id);
        new SimTimer(kernel, life, (thread, problem) -> world.judge.broke(problem))
                .threads()
                .newThread(() -> {
                    try {
                        life.engine().sync(vm.id.vmid(), SyncOptions.PLAIN);
                    } catch (PeerException failure) {
                        kernel.trace().add(kernel.now(), life.toString(), "sync: " + failure.getMessage());
                    }
                })
                .start();
    }
}
