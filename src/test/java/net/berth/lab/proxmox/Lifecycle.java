package net.berth.lab.proxmox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.berth.lab.proxmox.LabGuest.State;
import net.berth.model.GuestType;

/**
 * Start and stop, in the order of the real system and under its locks: pending changes, cloud-init image, pre-start,
 * run, post-start; pre-stop, stop, post-stop.
 */
final class Lifecycle implements AutoCloseable {
    /** How long {@code qm cleanup} waits for the lock. */
    private static final Duration CLEANUP_WAIT = Duration.ofSeconds(60);

    private final PveCluster cluster;
    private final ScheduledExecutorService firmware = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("firmware").factory());
    private final List<Thread> cleanups = new CopyOnWriteArrayList<>();

    Lifecycle(PveCluster cluster) {
        this.cluster = cluster;
    }

    private Duration lockWait() {
        return cluster.options.timings().lockWait();
    }

    /** Start by a person, the API or the node's boot. */
    void start(LabGuest guest, LabTask task) {
        guest.lock.hold(lockWait(), () -> {
            if (guest.state() == State.PRELAUNCH) {
                // A backup holds it: the start only lets the machine go, no hook runs.
                guest.letGo();
                boot(guest);
                return;
            }
            if (guest.type == GuestType.QEMU && guest.get("lock").equals("suspended")) {
                resumeLocked(guest, task);
                return;
            }
            requireUnlocked(guest);
            startLocked(guest, guest.node(), State.RUNNING, "", task);
        });
    }

    /** Out of hibernation: image and hooks as in any start, but the machine goes on where it was. */
    private void resumeLocked(LabGuest guest, LabTask task) {
        startLocked(guest, guest.node(), State.PRELAUNCH, "", task, () -> {
            guest.letGo();
            guest.remove("lock");
            guest.remove("vmstate");
            guest.machine.thaw();
        });
    }

    void requireUnlocked(LabGuest guest) {
        String lock = guest.get("lock");
        if (!lock.isEmpty()) {
            throw ApiFailure.die((guest.type == GuestType.QEMU ? "VM" : "CT") + " is locked (" + lock + ")");
        }
    }

    /** The part under the lock; {@code migratedFrom} is empty but for an incoming live migration. */
    void startLocked(LabGuest guest, String node, State target, String migratedFrom, LabTask task) {
        startLocked(guest, node, target, migratedFrom, task, () -> {});
    }

    private void startLocked(
            LabGuest guest, String node, State target, String migratedFrom, LabTask task, Runnable once) {
        String word = guest.type == GuestType.QEMU ? "VM" : "CT";
        if (guest.get("template").equals("1") && target == State.RUNNING) {
            throw ApiFailure.die("you can't start a " + (word.equals("VM") ? "vm" : word) + " if it's a template");
        }
        if (guest.state() != State.STOPPED && migratedFrom.isEmpty()) {
            throw ApiFailure.die(word + " " + guest.vmid + " already running");
        }
        guest.applyPending();
        Map<String, String> config = guest.config();
        if (guest.type == GuestType.QEMU && migratedFrom.isEmpty() && CloudInit.hasDrive(config)) {
            guest.image(cluster.cloudInit.render(guest.vmid, config));
        }
        hook(guest, node, "pre-start", migratedFrom, HookRunner.Output.both(task::line));
        if (guest.takesStartFailure()) {
            throw ApiFailure.die("start failed: QEMU exited with code 1");
        }
        guest.state(target, cluster.now());
        once.run();
        if (target == State.RUNNING && migratedFrom.isEmpty()) {
            boot(guest);
        }
        warnOnly(task, () -> hook(guest, node, "post-start", migratedFrom, HookRunner.Output.both(task::line)));
    }

    /** The guest's system comes up once the firmware is through; only then it reads the image. */
    void boot(LabGuest guest) {
        Duration delay = cluster.options.timings().firmware();
        if (delay.isZero() || guest.type == GuestType.LXC) {
            bootNow(guest);
        } else {
            var unused = firmware.schedule(
                    () -> {
                        if (guest.state() == State.RUNNING) {
                            bootNow(guest);
                        }
                    },
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void bootNow(LabGuest guest) {
        Map<Integer, Hardware> nics = Hardware.of(guest.type, guest.config(), cluster.formats);
        if (guest.type == GuestType.QEMU) {
            guest.machine.bootVm(guest.image(), nics);
        } else {
            guest.machine.bootContainer(nics);
        }
    }

    /** Stop or shutdown by the API or a person at the node. */
    void stop(LabGuest guest, LabTask task) {
        guest.lock.hold(lockWait(), () -> {
            requireUnlocked(guest);
            if (guest.state() == State.STOPPED) {
                throw ApiFailure.die((guest.type == GuestType.QEMU ? "VM " : "CT ") + guest.vmid + " not running");
            }
            stopLocked(guest, guest.node(), task);
        });
    }

    void preStop(LabGuest guest, String node, LabTask task) {
        warnOnly(task, () -> hook(guest, node, "pre-stop", "", HookRunner.Output.both(task::line)));
    }

    void stopLocked(LabGuest guest, String node, LabTask task) {
        preStop(guest, node, task);
        endLocked(guest, node, task);
    }

    /** Pre-stop is over or was never called; the machine ends, and post-stop runs where this version runs it. */
    void endLocked(LabGuest guest, String node, LabTask task) {
        guest.state(State.STOPPED, cluster.now());
        guest.machine.powerOff();
        if (guest.type == GuestType.LXC) {
            // The lxc monitor's own hook: standard output goes nowhere, errors to a file of their own.
            HookRunner.Output output = new HookRunner.Output(line -> {}, cluster.journal::add);
            warnOnly(task, () -> hook(guest, node, "post-stop", "", output));
        } else if (cluster.options.version().legacyCleanup()) {
            cleanups.add(Thread.startVirtualThread(() -> legacyCleanup(guest, node)));
        } else {
            warnOnly(task, () -> hook(guest, node, "post-stop", "", HookRunner.Output.both(task::line)));
        }
    }

    /** {@code qm cleanup}: its own lock, its output in the journal, nothing at all when the VM runs again. */
    private void legacyCleanup(LabGuest guest, String node) {
        try {
            guest.lock.hold(CLEANUP_WAIT, () -> {
                if (guest.state() != State.STOPPED) {
                    throw ApiFailure.die("vm still running");
                }
                hook(guest, node, "post-stop", "", HookRunner.Output.both(cluster.journal::add));
            });
        } catch (ApiFailure e) {
            cluster.journal.add(e.getMessage());
        }
    }

    /** Power-off inside the guest, a crash, a kill: post-stop only. */
    void powerOff(LabGuest guest, LabTask task) {
        if (guest.type == GuestType.LXC) {
            endLocked(guest, guest.node(), task);
        } else {
            guest.lock.hold(CLEANUP_WAIT, () -> endLocked(guest, guest.node(), task));
        }
    }

    /** A reboot inside the guest: no hook. A VM keeps its image; a container takes over what was pending. */
    void rebootInside(LabGuest guest) {
        if (guest.type == GuestType.LXC) {
            guest.applyPending();
        }
        boot(guest);
    }

    void hook(LabGuest guest, String node, String phase, String migratedFrom, HookRunner.Output output) {
        String volume = guest.get("hookscript");
        if (!volume.isEmpty()) {
            cluster.hooks.run(cluster.snippets(node), volume, guest.vmid, phase, migratedFrom, output);
        }
    }

    private static void warnOnly(LabTask task, Runnable work) {
        try {
            work.run();
        } catch (ApiFailure e) {
            task.warn(e.getMessage());
        }
    }

    /** Waits for the post-stop hooks that run outside of stop tasks. */
    void awaitCleanups() throws InterruptedException {
        for (Thread cleanup : cleanups) {
            cleanup.join(Duration.ofMinutes(1));
        }
    }

    @Override
    public void close() {
        firmware.shutdownNow();
    }
}
