package net.berth.sim;

import java.util.Optional;
import net.berth.model.Hostname;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;

/** Judges what Berth writes into a row of its own: whose the address is, and how the guest is called. */
final class RowEdits {
    private final Scene scene;
    private final Judge judge;
    private final Looks looks;
    private final Pve pve;

    RowEdits(Scene scene, Judge judge, Looks looks, Pve pve) {
        this.scene = scene;
        this.judge = judge;
        this.looks = looks;
        this.pve = pve;
    }

    void edited(AddressRow before, AddressRow after) {
        NicId nic = before.nic().orElseThrow();
        Optional<Vm> vm = pve.find(nic.guest());
        if (looks.unseen(nic.guest(), vm.map(Vm::changedAt).orElse(pve.goneAt(nic.guest())))) {
            return;
        }
        // An address that rests is taken up again by its own machine only.
        if (before.quarantined()
                && !after.quarantined()
                && vm.filter(found -> Binds.binds(scene, found, nic, before)).isEmpty()) {
            judge.fail("an address that rests was given to another machine: " + before);
        }
        vm.filter(found -> isMisnamed(found, nic, before, after))
                .ifPresent(found -> judge.fail("renamed to what " + found.name + " with " + found.nics.keySet()
                        + " is not called: " + before + " to " + after));
    }

    /** A new name is the one that the guest has, and the name alone is its first NIC's. */
    private static boolean isMisnamed(Vm vm, NicId nic, AddressRow before, AddressRow after) {
        boolean otherNode = !after.node().equals(before.node()) && !after.node().equals(vm.name);
        boolean first = vm.nics.keySet().stream().noneMatch(index -> index < nic.index());
        String own = Hostname.ofGuest(vm.name, vm.id) + ".";
        boolean firstsName = !after.description().equals(before.description())
                && after.description().startsWith(own);
        return otherNode || (firstsName && !first);
    }
}
