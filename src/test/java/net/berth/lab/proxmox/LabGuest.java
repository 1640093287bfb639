package net.berth.lab.proxmox;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.berth.model.GuestType;

/** One guest of the stand-in: its config file, and what runs of it. */
final class LabGuest {
    /** What QEMU or LXC does. */
    enum State {
        STOPPED,
        /** Started by a backup and never let go: the guest's system does not boot. */
        PRELAUNCH,
        RUNNING
    }

    final GuestType type;
    final int vmid;
    final ConfigLock lock;
    final Machine machine;
    private final Instant reportedFrom;
    private String node;
    private String pool = "";
    private State state = State.STOPPED;
    private Instant startedAt = Instant.EPOCH;
    private Optional<CloudInit.Image> image = Optional.empty();
    private int replugs;
    private boolean startFails;
    private final Map<String, String> config = new TreeMap<>();
    private final Map<String, String> pending = new TreeMap<>();
    private final Set<String> deletes = new TreeSet<>();
    private final Map<String, String> cloudInitOnMedium = new TreeMap<>();
    private final Map<String, Map<String, String>> snapshots = new HashMap<>();
    private final Map<String, Machine> disks = new HashMap<>();

    LabGuest(GuestType type, int vmid, String node, Machine machine, Instant reportedFrom) {
        this.type = type;
        this.vmid = vmid;
        this.node = node;
        this.machine = machine;
        this.reportedFrom = reportedFrom;
        this.lock = new ConfigLock(
                type == GuestType.QEMU
                        ? "/var/lock/qemu-server/lock-" + vmid + ".conf"
                        : "/run/lock/lxc/pve-config-" + vmid + ".lock");
    }

    synchronized String node() {
        return node;
    }

    synchronized void moveTo(String target) {
        node = target;
    }

    synchronized String pool() {
        return pool;
    }

    synchronized void pool(String name) {
        pool = name;
    }

    synchronized State state() {
        return state;
    }

    synchronized void state(State next, Instant now) {
        state = next;
        startedAt = now;
    }

    /** A backup lets go of the machine that it started: QEMU's process is as old as before. */
    synchronized void letGo() {
        state = State.RUNNING;
    }

    synchronized void failNextStart() {
        startFails = true;
    }

    /** Whether this start is to fail; the next one is not. */
    synchronized boolean takesStartFailure() {
        boolean fails = startFails;
        startFails = false;
        return fails;
    }

    synchronized long uptime(Instant now) {
        return state == State.STOPPED ? 0 : Math.max(0, now.getEpochSecond() - startedAt.getEpochSecond());
    }

    boolean reported(Instant now) {
        return !now.isBefore(reportedFrom);
    }

    synchronized Map<String, String> config() {
        return new TreeMap<>(config);
    }

    synchronized String get(String key) {
        return config.getOrDefault(key, "");
    }

    synchronized void set(String key, String value) {
        config.put(key, value);
    }

    synchronized void remove(String key) {
        config.remove(key);
    }

    /** The config with pending values merged in, as GET without {@code current} shows it. */
    synchronized Map<String, String> merged() {
        Map<String, String> merged = new TreeMap<>(config);
        merged.putAll(pending);
        merged.keySet().removeAll(deletes);
        return merged;
    }

    synchronized Map<String, String> pending() {
        return new TreeMap<>(pending);
    }

    synchronized Set<String> deletes() {
        return new TreeSet<>(deletes);
    }

    synchronized void addPending(String key, String value) {
        deletes.remove(key);
        if (value.equals(config.get(key))) {
            pending.remove(key);
        } else {
            pending.put(key, value);
        }
    }

    synchronized void addPendingDelete(String key) {
        pending.remove(key);
        if (config.containsKey(key)) {
            deletes.add(key);
        }
    }

    /** Moves pending values into force: at start, or where Proxmox can apply them live. */
    synchronized void applyPending() {
        config.putAll(pending);
        config.keySet().removeAll(deletes);
        pending.clear();
        deletes.clear();
    }

    /** A changed key that is on the cloud-init medium: its old value is kept until the medium is made anew. */
    synchronized void keepOnMedium(String key, String old) {
        cloudInitOnMedium.putIfAbsent(key, old);
    }

    synchronized Optional<CloudInit.Image> image() {
        return image;
    }

    synchronized void image(CloudInit.Image made) {
        image = Optional.of(made);
        cloudInitOnMedium.clear();
    }

    synchronized void replugged() {
        replugs++;
    }

    synchronized int replugs() {
        return replugs;
    }

    synchronized void snapshot(String name) {
        snapshots.put(name, new TreeMap<>(config));
        disks.put(name, machine.diskCopy());
    }

    /** Config and disk go back, hookscript and MACs included; the description stays. */
    synchronized void rollback(String name) {
        Map<String, String> old = snapshots.get(name);
        if (old == null) {
            throw ApiFailure.die("snapshot '" + name + "' does not exist");
        }
        String description = config.get("description");
        config.clear();
        config.putAll(old);
        if (description != null) {
            config.put("description", description);
        }
        pending.clear();
        deletes.clear();
        machine.takeDisk(Optional.ofNullable(disks.get(name)).orElseThrow());
    }

    /** The config file's path below {@code /etc/pve}, as error texts name it. */
    static String file(GuestType type, String node, int vmid) {
        return "nodes/" + node + (type == GuestType.QEMU ? "/qemu-server/" : "/lxc/") + vmid + ".conf";
    }

    /** The config file's text with all its sections. */
    synchronized String text() {
        StringBuilder out = new StringBuilder();
        config.forEach(
                (key, value) -> out.append(key).append(": ").append(value).append('\n'));
        if (!pending.isEmpty() || !deletes.isEmpty()) {
            out.append("\n[")
                    .append(type == GuestType.QEMU ? "PENDING" : "pve:pending")
                    .append("]\n");
            pending.forEach(
                    (key, value) -> out.append(key).append(": ").append(value).append('\n'));
            if (!deletes.isEmpty()) {
                out.append("delete: ").append(String.join(",", deletes)).append('\n');
            }
        }
        section(out, "special:cloudinit", cloudInitOnMedium);
        new TreeMap<>(snapshots).forEach((name, old) -> section(out, name, old));
        return out.toString();
    }

    private static void section(StringBuilder out, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            out.append("\n[").append(name).append("]\n");
            values.forEach(
                    (key, value) -> out.append(key).append(": ").append(value).append('\n'));
        }
    }

    String digest() {
        return CloudInit.sha1(text());
    }
}
