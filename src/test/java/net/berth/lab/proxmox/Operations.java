package net.berth.lab.proxmox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.berth.lab.proxmox.LabGuest.State;
import net.berth.model.GuestType;

/** What a person does with guests: create, clone, migrate, back up, destroy. Each is a task. */
final class Operations {
    private final PveCluster cluster;
    private final Lifecycle lifecycle;

    Operations(PveCluster cluster, Lifecycle lifecycle) {
        this.cluster = cluster;
        this.lifecycle = lifecycle;
    }

    private Duration lockWait() {
        return cluster.options.timings().lockWait();
    }

    private static String prefix(LabGuest guest) {
        return guest.type == GuestType.QEMU ? "qm" : "vz";
    }

    LabGuest create(GuestType type, int vmid, String node, Map<String, String> config) {
        LabGuest guest = newGuest(type, vmid, node);
        cluster.task(node, type == GuestType.QEMU ? "qmcreate" : "vzcreate", vmid, PveCluster.ROOT, task -> {
            new ConfigWriter(cluster).check(type, config).forEach(guest::set);
            if (type == GuestType.QEMU) {
                identity(guest);
            }
            publish(guest);
        });
        return guest;
    }

    private LabGuest newGuest(GuestType type, int vmid, String node) {
        return new LabGuest(
                type,
                vmid,
                node,
                new Machine(cluster.options.dhcp()),
                cluster.now().plus(cluster.options.timings().unreported()));
    }

    private void publish(LabGuest guest) {
        if (cluster.guests.putIfAbsent(guest.vmid, guest) != null) {
            throw new IllegalArgumentException("the VMID " + guest.vmid + " is taken");
        }
    }

    private void identity(LabGuest guest) {
        String seed = guest.vmid + " " + cluster.tasks.size();
        guest.set("smbios1", "uuid=" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)));
        guest.set(
                "vmgenid",
                UUID.nameUUIDFromBytes(("gen " + seed).getBytes(StandardCharsets.UTF_8))
                        .toString());
    }

    /** Everything is copied but pending values, MACs and identities; a container keeps address and host name. */
    LabGuest clone(LabGuest source, int newId, String name, String node) {
        LabGuest copy = newGuest(source.type, newId, node);
        cluster.task(source.node(), prefix(source) + "clone", source.vmid, PveCluster.ROOT, task -> {
            Map<String, String> config = new TreeMap<>(source.config());
            config.keySet().removeAll(List.of("template", "lock", "parent"));
            config.replaceAll((key, value) -> cloned(source, newId, key, value));
            config.forEach(copy::set);
            if (source.type == GuestType.QEMU) {
                identity(copy);
                copy.set("name", name.isEmpty() ? "Copy-of-VM-" + source.get("name") : name);
            } else if (!name.isEmpty()) {
                copy.set("hostname", name);
            }
            publish(copy);
        });
        return copy;
    }

    private String cloned(LabGuest source, int newId, String key, String value) {
        if (key.matches("net\\d+")) {
            return cluster.withNewMac(source.type, key, value);
        }
        return value.replaceAll("(?:vm|base)-" + source.vmid + "-", "vm-" + newId + "-");
    }

    LabTask destroy(LabGuest guest) {
        return cluster.task(
                guest.node(),
                prefix(guest) + "destroy",
                guest.vmid,
                PveCluster.ROOT,
                task -> guest.lock.hold(lockWait(), () -> {
                    lifecycle.requireUnlocked(guest);
                    if (guest.state() != State.STOPPED) {
                        throw ApiFailure.die((guest.type == GuestType.QEMU ? "VM " : "CT ") + guest.vmid
                                + " is running - destroy failed");
                    }
                    cluster.guests.remove(guest.vmid);
                }));
    }

    /** Reboot by the API: all four phases; the second half is a start task of its own. */
    LabTask reboot(LabGuest guest, String user) {
        LabTask first = cluster.task(
                guest.node(), prefix(guest) + "reboot", guest.vmid, user, task -> lifecycle.stop(guest, task));
        return first.exitStatus().equals("OK")
                ? cluster.task(
                        guest.node(), prefix(guest) + "start", guest.vmid, user, task -> lifecycle.start(guest, task))
                : first;
    }

    /** Live for a running VM, restart for a running container, a plain move for a stopped guest. */
    LabTask migrate(LabGuest guest, String target) {
        String source = guest.node();
        String type = guest.type == GuestType.QEMU ? "qmigrate" : "vzmigrate";
        return cluster.task(
                source,
                type,
                guest.vmid,
                PveCluster.ROOT,
                task -> guest.lock.hold(lockWait(), () -> {
                    lifecycle.requireUnlocked(guest);
                    if (guest.state() == State.STOPPED) {
                        guest.moveTo(target);
                    } else if (guest.type == GuestType.QEMU) {
                        guest.set("lock", "migrate");
                        try {
                            // The target's hooks run while the config still lies on the source.
                            cluster.task(
                                    target,
                                    "qmstart",
                                    guest.vmid,
                                    PveCluster.ROOT,
                                    start -> lifecycle.startLocked(guest, target, State.RUNNING, source, start));
                            guest.moveTo(target);
                        } finally {
                            guest.remove("lock");
                        }
                    } else {
                        lifecycle.stopLocked(guest, source, task);
                        guest.moveTo(target);
                        lifecycle.startLocked(guest, target, State.RUNNING, "", task);
                    }
                }));
    }

    LabTask template(LabGuest guest) {
        return cluster.task(
                guest.node(),
                prefix(guest) + "template",
                guest.vmid,
                PveCluster.ROOT,
                task -> guest.lock.hold(lockWait(), () -> {
                    if (guest.state() != State.STOPPED) {
                        throw ApiFailure.die("you can't convert a running guest to a template");
                    }
                    guest.set("template", "1");
                }));
    }

    /** The config goes back; with the snapshot's memory the guest runs again, where it was then. */
    LabTask rollback(LabGuest guest, String name, boolean memory) {
        return cluster.task(
                guest.node(),
                prefix(guest) + "rollback",
                guest.vmid,
                PveCluster.ROOT,
                task -> guest.lock.hold(lockWait(), () -> {
                    if (guest.state() != State.STOPPED) {
                        lifecycle.stopLocked(guest, guest.node(), task);
                    }
                    guest.rollback(name);
                    if (memory) {
                        lifecycle.startLocked(guest, guest.node(), State.RUNNING, "", task);
                    }
                }));
    }

    /** Backup of a stopped VM in any mode: all four phases, its system never boots, {@code lock: backup} throughout. */
    LabTask backupStopped(LabGuest guest, Runnable during) {
        return cluster.task(guest.node(), "vzdump", guest.vmid, PveCluster.ROOT, task -> {
            guest.lock.hold(lockWait(), () -> {
                lifecycle.requireUnlocked(guest);
                guest.set("lock", "backup");
            });
            try {
                boolean vm = guest.type == GuestType.QEMU;
                if (vm) {
                    guest.lock.hold(
                            lockWait(), () -> lifecycle.startLocked(guest, guest.node(), State.PRELAUNCH, "", task));
                }
                during.run();
                if (guest.state() == State.PRELAUNCH) {
                    guest.lock.hold(lockWait(), () -> lifecycle.stopLocked(guest, guest.node(), task));
                }
            } finally {
                guest.remove("lock");
            }
        });
    }
}
