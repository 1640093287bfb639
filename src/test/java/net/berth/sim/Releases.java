package net.berth.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;

/** Judges each release: the guest must be gone, two lists of one receiver must lack it, and not too many at once. */
final class Releases {
    /** Two lists count as two looks only at a distance. */
    private static final long TWO_LOOKS = 9_000;

    private final Kernel kernel;
    private final Scene scene;
    private final Judge judge;
    private final Looks looks;
    private final Set<Long> late;
    private final Map<Life, Map<GuestId, Long>> lacking = new HashMap<>();
    private final Map<Life, Long> newest = new HashMap<>();
    private final Map<Life, Set<GuestId>> listed = new HashMap<>();
    private final Set<GuestId> confirmed = new HashSet<>();
    private Pve pve;
    private Nipap nipap;

    Releases(Kernel kernel, Scene scene, Judge judge, Looks looks, Set<Long> late) {
        this.kernel = kernel;
        this.scene = scene;
        this.judge = judge;
        this.looks = looks;
        this.late = late;
    }

    void watch(Pve proxmox, Nipap table) {
        pve = proxmox;
        nipap = table;
    }

    /** A person says that guests are gone on purpose. */
    void confirmed(GuestId guest) {
        confirmed.add(guest);
    }

    /** A list that came late says nothing against one that was made after it. */
    void listed(Life life, Inventory inventory, long made) {
        if (made < newest.getOrDefault(life, 0L)) {
            return;
        }
        newest.put(life, made);
        Map<GuestId, Long> gone = lacking.computeIfAbsent(life, key -> new HashMap<>());
        Set<GuestId> known = listed.computeIfAbsent(life, key -> new HashSet<>());
        Set<GuestId> here = new HashSet<>();
        inventory.guests().forEach(entry -> here.add(entry.id()));
        gone.keySet().removeAll(here);
        if (inventory.complete()) {
            known.stream().filter(id -> !here.contains(id)).forEach(id -> gone.putIfAbsent(id, made));
            nipap.all().stream()
                    .flatMap(row -> row.nic().stream())
                    .map(NicId::guest)
                    .filter(id -> !here.contains(id))
                    .forEach(id -> gone.putIfAbsent(id, made));
        }
        known.addAll(here);
    }

    void released(Life life, AddressRow row) {
        NicId nic = row.nic().orElseThrow();
        Optional<Vm> vm = pve.find(nic.guest());
        boolean surplus = nipap.live(nic).stream().anyMatch(other -> other.id() != row.id());
        if (surplus) {
            return;
        }
        if (vm.isPresent()) {
            if (!nipap.isPrepared(vm.get().name, row)
                    && Binds.binds(scene, vm.get(), nic, row)
                    && !looks.unseen(nic.guest(), vm.get().changedAt())) {
                judge.fail("released although its guest is there: " + row);
            }
            return;
        }
        if (looks.unseen(nic.guest(), pve.goneAt(nic.guest()))) {
            // For a NIC that was taken off, just before its guest went too.
            return;
        }
        if (pve.gone(nic.guest())
                .filter(last -> last.hook && !Binds.binds(scene, last, nic, row))
                .isPresent()) {
            // The NIC had left the row's network, or the number was another machine's: who saw that and was slow lets
            // go of the row after that guest went too.
            return;
        }
        Map<GuestId, Long> gone = lacking.getOrDefault(life, Map.of());
        long since = gone.getOrDefault(nic.guest(), kernel.now());
        if (kernel.now() - since < TWO_LOOKS) {
            judge.fail("released after " + (kernel.now() - since) + " ms without two lists at a distance: " + row);
        }
        pve.offlineAt(looks.last(nic.guest()))
                .ifPresent(node -> judge.fail("released while " + node + " is offline: " + row));
        Set<GuestId> known = listed.getOrDefault(life, Set.of());
        long vanished = nipap.all().stream()
                .filter(other -> !other.quarantined() && !late.contains(other.id()))
                .flatMap(other -> other.nic().stream())
                .map(NicId::guest)
                .distinct()
                .filter(id -> known.contains(id)
                        && pve.find(id).isEmpty()
                        && !confirmed.contains(id)
                        && gone.getOrDefault(id, Long.MAX_VALUE) <= since)
                .count();
        if (vanished > Scene.RELEASE_LIMIT && known.contains(nic.guest()) && !confirmed.contains(nic.guest())) {
            judge.fail(vanished + " guests vanished at once, and yet released: " + row);
        }
    }
}
