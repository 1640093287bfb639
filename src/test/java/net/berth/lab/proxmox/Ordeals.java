package net.berth.lab.proxmox;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import net.berth.lab.proxmox.LabGuest.State;
import net.berth.model.GuestType;

/** What a guest goes through now and then: sleep, backups while it runs, dead nodes, being restored. */
final class Ordeals {
    private final PveCluster cluster;
    private final Lifecycle lifecycle;

    Ordeals(PveCluster cluster, Lifecycle lifecycle) {
        this.cluster = cluster;
        this.lifecycle = lifecycle;
    }

    /**
     * A backup's archive.
     *
     * @param type VM or container
     * @param config its config
     * @param machine its disk
     */
    record Archive(GuestType type, Map<String, String> config, Machine machine) {}

    private Duration lockWait() {
        return cluster.options.timings().lockWait();
    }

    private LabTask task(LabGuest guest, String type, Runnable work) {
        return cluster.task(guest.node(), type, guest.vmid, PveCluster.ROOT, task -> work.run());
    }

    /** A shutdown that the guest does not answer: pre-stop only, and it runs on. */
    LabTask shutdownTimesOut(LabGuest guest) {
        return cluster.task(
                guest.node(),
                "qmshutdown",
                guest.vmid,
                PveCluster.ROOT,
                task -> guest.lock.hold(lockWait(), () -> {
                    lifecycle.preStop(guest, guest.node(), task);
                    throw ApiFailure.die("VM quit/powerdown failed - got timeout");
                }));
    }

    /** To disk: the machine's state is kept, post-stop runs without pre-stop, {@code lock: suspended} stays. */
    LabTask hibernate(LabGuest guest) {
        return cluster.task(
                guest.node(),
                "qmsuspend",
                guest.vmid,
                PveCluster.ROOT,
                task -> guest.lock.hold(lockWait(), () -> {
                    lifecycle.requireUnlocked(guest);
                    guest.set("lock", "suspended");
                    guest.set("vmstate", "local-lvm:vm-" + guest.vmid + "-state-suspend");
                    guest.machine.freeze();
                    lifecycle.endLocked(guest, guest.node(), task);
                }));
    }

    /** A running guest is backed up in mode stop: down and up again under {@code lock: backup}. */
    LabTask backupByStop(LabGuest guest, Runnable during) {
        return cluster.task(guest.node(), "vzdump", guest.vmid, PveCluster.ROOT, task -> {
            locked(guest, () -> lifecycle.stopLocked(guest, guest.node(), task));
            try {
                boolean vm = guest.type == GuestType.QEMU;
                if (vm) {
                    // The VM is up again at once, held until the backup has begun.
                    guest.lock.hold(lockWait(), () -> {
                        lifecycle.startLocked(guest, guest.node(), State.PRELAUNCH, "", task);
                        guest.letGo();
                        lifecycle.boot(guest);
                    });
                }
                during.run();
                if (!vm) {
                    guest.lock.hold(
                            lockWait(), () -> lifecycle.startLocked(guest, guest.node(), State.RUNNING, "", task));
                }
            } finally {
                guest.remove("lock");
            }
        });
    }

    /** A running guest is backed up in mode snapshot or suspend: no hook at all. */
    LabTask backupRunning(LabGuest guest, Runnable during) {
        return task(guest, "vzdump", () -> {
            locked(guest, () -> {});
            try {
                during.run();
            } finally {
                guest.remove("lock");
            }
        });
    }

    private void locked(LabGuest guest, Runnable work) {
        guest.lock.hold(lockWait(), () -> {
            lifecycle.requireUnlocked(guest);
            guest.set("lock", "backup");
            work.run();
        });
    }

    Archive archive(LabGuest guest) {
        Map<String, String> config = new TreeMap<>(guest.config());
        config.remove("lock");
        return new Archive(guest.type, config, guest.machine);
    }

    /** Everything comes back as it was, MACs too unless {@code unique}; no hook. */
    LabTask restore(Archive archive, int vmid, String node, boolean unique) {
        String type = archive.type() == GuestType.QEMU ? "qmrestore" : "vzrestore";
        return cluster.task(node, type, vmid, PveCluster.ROOT, task -> {
            LabGuest guest = new LabGuest(
                    archive.type(),
                    vmid,
                    node,
                    archive.machine().diskCopy(),
                    cluster.now().plus(cluster.options.timings().unreported()));
            archive.config()
                    .forEach((key, value) ->
                            guest.set(key, unique ? cluster.withNewMac(archive.type(), key, value) : value));
            if (cluster.guests.putIfAbsent(vmid, guest) != null) {
                throw ApiFailure.die("unable to restore VM " + vmid + " - VM " + vmid + " already exists");
            }
        });
    }

    /** A node dies: its guests are dead without a word. */
    void crash(String node) {
        cluster.nodes.put(node, false);
        cluster.guests.values().stream()
                .filter(guest -> guest.node().equals(node))
                .forEach(guest -> {
                    guest.state(State.STOPPED, cluster.now());
                    guest.machine.powerOff();
                });
    }

    /** The HA manager takes a guest of a dead node and starts it elsewhere. */
    LabTask recover(LabGuest guest, String target) {
        guest.moveTo(target);
        String type = guest.type == GuestType.QEMU ? "qmstart" : "vzstart";
        return cluster.task(target, type, guest.vmid, PveCluster.ROOT, task -> lifecycle.start(guest, task));
    }

    /** The guest's next start ends after pre-start: no memory, no disk, whatever. */
    void failNextStart(LabGuest guest) {
        guest.failNextStart();
    }
}
