package net.berth.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.berth.inmemory.PveCompute;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.Inventory;
import net.berth.model.Nic;

/** A Proxmox cluster: what is true of it, and what it says, which is not the same. */
final class Pve implements PveCompute.State {
    static final String CLUSTER = "home";
    static final List<String> NODES = List.of("pve1", "pve2", "pve3");
    /** The status daemon tells of guests this often. */
    private static final long STATUS_PERIOD = 10_000;

    private static final long LONGEST_OFFLINE = 100_000;

    private final Kernel kernel;
    private final Judge judge;
    private final TreeMap<GuestId, Vm> vms = new TreeMap<>();
    private final TreeSet<String> offline = new TreeSet<>();
    private final Map<String, Long> offlineSince = new HashMap<>();
    private final Map<GuestId, Long> goneAt = new HashMap<>();
    private final Map<GuestId, Vm> gone = new HashMap<>();
    private Map<GuestId, Inventory.Entry> told = Map.of();
    private int hidden;
    private int writes;

    Pve(Kernel kernel, Judge judge) {
        this.kernel = kernel;
        this.judge = judge;
        tell();
    }

    /** What the status daemon tells is as old as its last round. */
    private void tell() {
        Map<GuestId, Inventory.Entry> round = new HashMap<>();
        vms.values().stream()
                .filter(vm -> !offline.contains(vm.node))
                .forEach(vm -> round.put(vm.id, PveCompute.entry(vm.guest(kernel.now()))));
        told = round;
        kernel.in(STATUS_PERIOD, this::tell);
    }

    List<Vm> all() {
        return new ArrayList<>(vms.values());
    }

    Optional<Vm> find(GuestId id) {
        return Optional.ofNullable(vms.get(id));
    }

    Optional<Vm> find(int vmid) {
        return vms.values().stream().filter(vm -> vm.id.vmid() == vmid).findFirst();
    }

    void add(Vm vm) {
        vms.put(vm.id, vm);
        goneAt.remove(vm.id);
    }

    void destroy(Vm vm) {
        vms.remove(vm.id);
        goneAt.put(vm.id, kernel.now());
        gone.put(vm.id, vm);
    }

    /** Since when a guest is not there; 0 when it was never there. */
    long goneAt(GuestId id) {
        return goneAt.getOrDefault(id, 0L);
    }

    /** When a NIC of a guest, there or gone, last changed; never: 0. */
    long movedAt(GuestId id) {
        return find(id).or(() -> gone(id)).map(vm -> vm.movedAt).orElse(0L);
    }

    /** A guest that is gone, as it was last. */
    Optional<Vm> gone(GuestId id) {
        return Optional.ofNullable(gone.get(id));
    }

    void node(String node, boolean up) {
        if (up) {
            offline.remove(node);
        } else if (offline.add(node)) {
            offlineSince.put(node, kernel.now());
        }
    }

    boolean online(String node) {
        return !offline.contains(node);
    }

    /** A node that is off, and was so at a time, so that whoever looked then has seen it. */
    Optional<String> offlineAt(long time) {
        return offline.stream()
                .filter(node -> offlineSince.getOrDefault(node, 0L) < time)
                .findFirst();
    }

    /** Rights were taken away: this many guests are not shown, and nothing says so. */
    void hide(int guests) {
        hidden = guests;
    }

    private boolean hides(GuestId id) {
        return hidden > 0 && vms.headMap(id).size() < hidden;
    }

    /** Whether everything could be asked all the time since. */
    boolean wasOpenSince(long time) {
        return offline.isEmpty() && offlineSince.values().stream().noneMatch(since -> since + LONGEST_OFFLINE > time);
    }

    /** Whether nothing is kept from whoever looks. */
    boolean isOpen() {
        return hidden == 0 && offline.isEmpty();
    }

    int writes() {
        return writes;
    }

    @Override
    public String gap() {
        return offline.isEmpty() ? "" : "node " + String.join(", ", offline) + " is offline";
    }

    @Override
    public List<Inventory.Entry> list() {
        return vms.values().stream()
                .filter(vm -> !hides(vm.id))
                // Of a node that is down only what others know of it is shown, or nothing.
                .filter(vm -> online(vm.node) || vm.id.vmid() % 2 == 0)
                .map(vm -> {
                    Inventory.Entry last = told.get(vm.id);
                    boolean known =
                            last != null && online(vm.node) && last.name().length() > 0;
                    return known
                            ? new Inventory.Entry(
                                    vm.id, vm.node, last.name(), last.status(), last.lock(), last.uptime())
                            : new Inventory.Entry(vm.id, vm.node, "", GuestStatus.UNKNOWN, "", Duration.ZERO);
                })
                .toList();
    }

    /** Whether a node's files have a config of the guest; empty when nobody may say. */
    Optional<Boolean> hasConfig(String node, GuestId id) {
        if (!online(node) || hides(id)) {
            return Optional.empty();
        }
        return Optional.of(find(id).filter(vm -> vm.node.equals(node)).isPresent());
    }

    @Override
    public boolean reachable(GuestId id, String node) {
        return online(node) && !hides(id);
    }

    @Override
    public Optional<Guest> guest(GuestId id) {
        return find(id).map(vm -> vm.guest(kernel.now()));
    }

    @Override
    public boolean busy(GuestId id) {
        return find(id).filter(vm -> vm.busy).isPresent();
    }

    @Override
    public void look(GuestId id) {
        judge.look(id);
    }

    @Override
    public void asked() {
        writes++;
    }

    @Override
    public void configure(AddressWrite write) {
        Vm vm = vms.get(write.nic().guest());
        judge.configWritten(vm, write);
        vm.configure(write.nic().index(), write.wanted());
        judge.rowsChanged();
    }

    /** Every NIC of every guest. */
    Stream<Nic> nics() {
        return vms.values().stream().flatMap(vm -> vm.nics.values().stream());
    }
}
