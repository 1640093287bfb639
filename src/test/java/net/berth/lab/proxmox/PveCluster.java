package net.berth.lab.proxmox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.berth.model.GuestType;

/** What the nodes of a cluster share: guests, tasks, counters. */
final class PveCluster {
    /** Who works on the command line of a node. */
    static final String ROOT = "root@pam";

    final PveOptions options;
    final Formats formats;
    final CloudInit cloudInit;
    final HookRunner hooks;
    final Path root;
    final Map<String, Boolean> nodes = new ConcurrentSkipListMap<>();
    final Map<Integer, LabGuest> guests = new ConcurrentSkipListMap<>();
    final List<LabTask> tasks = new CopyOnWriteArrayList<>();
    final List<String> journal = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger(1);
    private final AtomicInteger macs = new AtomicInteger();

    PveCluster(PveOptions options, Path root) {
        this.options = options;
        this.root = root;
        this.formats = new Formats(options.version());
        this.cloudInit = new CloudInit(formats, "192.0.2.1", "lan.example");
        this.hooks = new HookRunner(options.hookEnvironment());
        options.nodes().forEach(node -> nodes.put(node, true));
    }

    Instant now() {
        return options.clock().instant();
    }

    boolean online(String node) {
        return nodes.getOrDefault(node, false);
    }

    /** Proxmox's refusal to reach a node that is no member of the cluster, or is down. */
    void requireOnline(String node) {
        if (!nodes.containsKey(node)) {
            throw ApiFailure.die("hostname lookup '" + node + "' failed - failed to get address info for: " + node
                    + ": Name or service not known");
        }
        if (!online(node)) {
            throw ApiFailure.status(595, "No route to host");
        }
    }

    /** The guest, wherever it is; the lab's own way in. */
    LabGuest guest(int vmid) {
        LabGuest guest = guests.get(vmid);
        if (guest == null) {
            throw new IllegalArgumentException("the stand-in has no guest " + vmid);
        }
        return guest;
    }

    /** The guest on this node with this type, or Proxmox's text. */
    LabGuest find(String node, GuestType type, int vmid) {
        LabGuest guest = guests.get(vmid);
        if (guest == null || guest.type != type || !guest.node().equals(node)) {
            throw ApiFailure.die("Configuration file '" + LabGuest.file(type, node, vmid) + "' does not exist");
        }
        return guest;
    }

    /** A config value with a new MAC where it is a NIC's. */
    String withNewMac(GuestType type, String key, String value) {
        if (!key.matches("net\\d+")) {
            return value;
        }
        String mac = type == GuestType.QEMU
                ? formats.qemuNet(value).get("macaddr")
                : formats.lxcNet(value).get("hwaddr");
        return value.replace(mac, newMac());
    }

    String newMac() {
        int number = macs.incrementAndGet();
        return String.format("BC:24:11:%02X:%02X:%02X", number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF);
    }

    /** Where the storage {@code local} of a node keeps its snippets. */
    Path snippets(String node) {
        try {
            return Files.createDirectories(root.resolve(node).resolve("snippets"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs work as a task, in this thread; the task says how it ended. */
    LabTask task(String node, String type, int vmid, String user, Consumer<LabTask> work) {
        return run(newTask(node, type, vmid, user), work);
    }

    /** Runs work as a task, behind the caller's back, as the API does. */
    LabTask taskInBackground(String node, String type, int vmid, String user, Consumer<LabTask> work) {
        LabTask task = newTask(node, type, vmid, user);
        Thread.startVirtualThread(() -> run(task, work));
        return task;
    }

    private LabTask newTask(String node, String type, int vmid, String user) {
        LabTask task = new LabTask(node, type, Integer.toString(vmid), user, now(), numbers.getAndIncrement());
        tasks.add(task);
        return task;
    }

    private LabTask run(LabTask task, Consumer<LabTask> work) {
        String status = "unexpected";
        try {
            work.accept(task);
            status = "OK";
        } catch (ApiFailure e) {
            task.line("TASK ERROR: " + e.getMessage());
            status = e.getMessage();
        } finally {
            task.end(status, now());
        }
        return task;
    }

    /** All config files, by path. */
    Map<String, String> dump() {
        Map<String, String> files = new TreeMap<>();
        guests.forEach((vmid, guest) -> files.put(LabGuest.file(guest.type, guest.node(), vmid), guest.text()));
        return files;
    }
}
