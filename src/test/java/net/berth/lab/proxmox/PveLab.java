package net.berth.lab.proxmox;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import net.berth.model.GuestType;

/**
 * A cluster of Proxmox VE for tests and the lab: the REST API over HTTPS with its locks, digests, rights and error
 * texts, the order of a start, hookscripts as processes, and what guests do with their cloud-init image.
 *
 * <p>The methods named after what a person does run as tasks and return when they ended; a task that failed says so in
 * its {@link LabTask#exitStatus()}.
 */
public final class PveLab implements AutoCloseable {
    private static final String TOKEN_ID = "berth@pve!berth";
    private static final String TOKEN_SECRET = "11111111-2222-3333-4444-555555555555";

    private final PveCluster cluster;
    private final Lifecycle lifecycle;
    private final Operations operations;
    private final Ordeals ordeals;
    private final ConfigWriter writer;
    private final Acl acl = new Acl();
    private final Faults faults = new Faults();
    private final SelfSigned certificate;
    private final ApiServer server;

    private PveLab(PveOptions options, Path folder) {
        this.cluster = new PveCluster(options, folder);
        this.lifecycle = new Lifecycle(cluster);
        this.operations = new Operations(cluster, lifecycle);
        this.ordeals = new Ordeals(cluster, lifecycle);
        this.writer = new ConfigWriter(cluster);
        acl.grant("/", "Sys.Audit");
        acl.grant("/vms", "VM.Audit", "VM.Config.Network", "VM.Config.Cloudinit");
        acl.grant("/sdn/zones/localnetwork", "SDN.Use");
        acl.grant("/nodes", "Sys.Audit");
        this.certificate = SelfSigned.ofLoopback();
        GuestApi guests = new GuestApi(cluster, lifecycle, operations, acl, TOKEN_ID);
        this.server = new ApiServer(
                cluster,
                guests,
                new ClusterApi(cluster, acl, faults, TOKEN_ID),
                "PVEAPIToken=" + TOKEN_ID + "=" + TOKEN_SECRET,
                faults,
                Tls.builder().sslContext(certificate.context()).build());
    }

    /** Starts one; its snippets and keys go below the folder. */
    public static PveLab start(PveOptions options, Path folder) {
        return new PveLab(options, folder);
    }

    // ---- the way in for a client

    /** The API's address. */
    public URI url() {
        return URI.create("https://127.0.0.1:" + server.port());
    }

    /** The SHA-256 fingerprint of its certificate. */
    public String fingerprint() {
        return certificate.fingerprint();
    }

    /** Its certificate in PEM form. */
    public String certificatePem() {
        return certificate.pem();
    }

    /** The token's id. */
    public String tokenId() {
        return TOKEN_ID;
    }

    /** The token's secret. */
    public String tokenSecret() {
        return TOKEN_SECRET;
    }

    /** The token's rights; at the start those that Berth asks for. */
    public Acl acl() {
        return acl;
    }

    /** Things that go wrong on purpose. */
    public Faults faults() {
        return faults;
    }

    /** Every call that came in with a good token, oldest first. */
    public List<ApiRequest> calls() {
        return server.seen();
    }

    /** Those of them that may change something. */
    public List<ApiRequest> writes() {
        return server.seen().stream().filter(ApiRequest::writes).toList();
    }

    // ---- what a person does

    /** Puts a hookscript on every node as {@code local:snippets/NAME}; returns that volume id. */
    public String installHook(Path script) {
        try {
            for (String node : cluster.nodes.keySet()) {
                Path copy = cluster.snippets(node).resolve(script.getFileName().toString());
                Files.deleteIfExists(copy);
                Files.copy(script, copy);
                if (!copy.toFile().setExecutable(true)) {
                    throw new IllegalStateException("cannot make " + copy + " executable");
                }
            }
            return "local:snippets/" + script.getFileName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a node keeps its snippets. */
    public Path snippets(String node) {
        return cluster.snippets(node);
    }

    /** A new VM; a MAC that is left out of a {@code netN} is invented. */
    public void createVm(int vmid, String node, Map<String, String> config) {
        operations.create(GuestType.QEMU, vmid, node, config);
    }

    /** A new container. */
    public void createContainer(int vmid, String node, Map<String, String> config) {
        operations.create(GuestType.LXC, vmid, node, config);
    }

    /** A clone on the same node; an empty name: the one that Proxmox gives. */
    public void clone(int vmid, int newId, String name) {
        LabGuest source = cluster.guest(vmid);
        operations.clone(source, newId, name, source.node());
    }

    /** Start. */
    public LabTask start(int vmid) {
        return task(vmid, "start", lifecycle::start);
    }

    /** Stop. */
    public LabTask stop(int vmid) {
        return task(vmid, "stop", lifecycle::stop);
    }

    /** Shutdown by the API, answered by the guest. */
    public LabTask shutdown(int vmid) {
        return task(vmid, "shutdown", lifecycle::stop);
    }

    private LabTask task(int vmid, String what, BiConsumer<LabGuest, LabTask> work) {
        LabGuest guest = cluster.guest(vmid);
        String type = (guest.type == GuestType.QEMU ? "qm" : "vz") + what;
        return cluster.task(guest.node(), type, vmid, PveCluster.ROOT, task -> work.accept(guest, task));
    }

    /** Power-off inside the guest, or a crash: post-stop only, and no task of Proxmox. */
    public void powerOff(int vmid) {
        LabGuest guest = cluster.guest(vmid);
        lifecycle.powerOff(guest, new LabTask(guest.node(), "", "", "", cluster.now(), 0));
    }

    /** Reboot by the API or a person at the node. */
    public LabTask reboot(int vmid) {
        return operations.reboot(cluster.guest(vmid), PveCluster.ROOT);
    }

    /** Somebody inside a running guest gives a NIC another address, until its next boot. */
    public void takeAddress(int vmid, int nic, String address) {
        cluster.guest(vmid).machine.takeAddress(nic, address);
    }

    /** Reboot inside the guest. */
    public void rebootInside(int vmid) {
        lifecycle.rebootInside(cluster.guest(vmid));
    }

    /** Destroy. */
    public LabTask destroy(int vmid) {
        return operations.destroy(cluster.guest(vmid));
    }

    /** Migrate: live, by restart or offline, as its type and state make it. */
    public LabTask migrate(int vmid, String node) {
        return operations.migrate(cluster.guest(vmid), node);
    }

    /** Make it a template. */
    public LabTask makeTemplate(int vmid) {
        return operations.template(cluster.guest(vmid));
    }

    /** Set config keys as root: name, hostname, NICs, hookscript, tags, anything. */
    public void set(int vmid, Map<String, String> values) {
        LabGuest guest = cluster.guest(vmid);
        writer.write(guest, writer.check(guest.type, values), List.of(), "");
    }

    /** Delete config keys as root, {@code net1} for instance. */
    public void unset(int vmid, String... keys) {
        writer.write(cluster.guest(vmid), Map.of(), List.of(keys), "");
    }

    /** Edit the config file by hand: nothing is checked. */
    public void editFile(int vmid, String key, String value) {
        cluster.guest(vmid).set(key, value);
    }

    /** A change that Proxmox could not apply live: it waits for the next start. */
    public void addPending(int vmid, String key, String value) {
        cluster.guest(vmid).addPending(key, value);
    }

    /** The same for keys that go away. */
    public void addPendingDelete(int vmid, String key) {
        cluster.guest(vmid).addPendingDelete(key);
    }

    /** Take a snapshot. */
    public void snapshot(int vmid, String name) {
        cluster.guest(vmid).snapshot(name);
    }

    /** Roll back to a snapshot without memory. */
    public LabTask rollback(int vmid, String name) {
        return operations.rollback(cluster.guest(vmid), name, false);
    }

    /** Roll back to a snapshot with memory: the guest runs afterwards. */
    public LabTask rollbackWithMemory(int vmid, String name) {
        return operations.rollback(cluster.guest(vmid), name, true);
    }

    /** A shutdown that the guest does not answer. */
    public LabTask shutdownTimesOut(int vmid) {
        return ordeals.shutdownTimesOut(cluster.guest(vmid));
    }

    /** The next start of this guest fails after pre-start. */
    public void failNextStart(int vmid) {
        ordeals.failNextStart(cluster.guest(vmid));
    }

    /** Hibernate; the next start resumes. */
    public LabTask hibernate(int vmid) {
        return ordeals.hibernate(cluster.guest(vmid));
    }

    /** Back up a running guest in mode stop; something may happen while {@code lock: backup} stands. */
    public LabTask backupByStop(int vmid, Runnable during) {
        return ordeals.backupByStop(cluster.guest(vmid), during);
    }

    /** Back up a running guest in mode snapshot. */
    public LabTask backupRunning(int vmid, Runnable during) {
        return ordeals.backupRunning(cluster.guest(vmid), during);
    }

    /** Keeps a guest as a backup does and answers how to restore it: VMID, and whether it gets new MACs. */
    public BiFunction<Integer, Boolean, LabTask> archive(int vmid) {
        LabGuest guest = cluster.guest(vmid);
        Ordeals.Archive archive = ordeals.archive(guest);
        return (newId, unique) -> ordeals.restore(archive, newId, guest.node(), unique);
    }

    /** A node leaves the cluster for good ({@code pvecm delnode}). */
    public void removeNode(String node) {
        cluster.nodes.remove(node);
    }

    /** A node dies with all its guests. */
    public void crash(String node) {
        ordeals.crash(node);
    }

    /** HA starts a guest of a dead node on another one. */
    public LabTask recover(int vmid, String node) {
        return ordeals.recover(cluster.guest(vmid), node);
    }

    /** Back up a stopped guest; something may happen while {@code lock: backup} stands. */
    public LabTask backupStopped(int vmid, Runnable during) {
        return operations.backupStopped(cluster.guest(vmid), during);
    }

    /** Put a {@code lock} property into the config; an empty word takes it away. */
    public void lock(int vmid, String word) {
        if (word.isEmpty()) {
            cluster.guest(vmid).remove("lock");
        } else {
            cluster.guest(vmid).set("lock", word);
        }
    }

    /** Hold the config lock while something runs, as a start does. */
    public void whileConfigLocked(int vmid, Runnable work) {
        cluster.guest(vmid).lock.hold(cluster.options.timings().lockWait(), work);
    }

    /** Put a guest into a pool. */
    public void pool(int vmid, String name) {
        cluster.guest(vmid).pool(name);
    }

    /** A node goes down or comes back. */
    public void nodeOnline(String node, boolean online) {
        cluster.nodes.put(node, online);
    }

    // ---- what there is to see

    /** One value of a guest's config in force; empty when it is not there. */
    public String config(int vmid, String key) {
        return cluster.guest(vmid).get(key);
    }

    /** Where a guest is. */
    public String nodeOf(int vmid) {
        return cluster.guest(vmid).node();
    }

    /** The VMIDs. */
    public List<Integer> vmids() {
        return List.copyOf(cluster.guests.keySet());
    }

    /** What its console shows. */
    public MachineView machine(int vmid) {
        return cluster.guest(vmid).machine.view();
    }

    /** How often a running guest's NIC was unplugged and plugged in again. */
    public int replugs(int vmid) {
        return cluster.guest(vmid).replugs();
    }

    /** All tasks, oldest first. */
    public List<LabTask> tasks() {
        return List.copyOf(cluster.tasks);
    }

    /** So many tasks later: the node shows nothing any more of what was before. */
    public void forgetTasks() {
        cluster.tasks.clear();
        for (String node : cluster.nodes.keySet()) {
            for (int i = 0; i < 600; i++) {
                cluster.task(node, "vzdump", 0, PveCluster.ROOT, task -> {});
            }
        }
    }

    /** The journal: what hooks print that run outside of a task. */
    public List<String> journal() {
        return List.copyOf(cluster.journal);
    }

    /** Waits for the post-stop hooks that PVE 8 runs outside of stop tasks. */
    public void awaitCleanups() throws InterruptedException {
        lifecycle.awaitCleanups();
    }

    /** All config files by path, byte for byte. */
    public Map<String, String> dump() {
        return cluster.dump();
    }

    @Override
    public void close() {
        server.close();
        lifecycle.close();
    }
}
