package net.berth.plan.address;

import java.util.List;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/**
 * How many NICs of one guest get addresses ({@code nics-limit}), so that the owner of a guest cannot use up a network. NICs
 * outside of Berth's networks do not count. A NIC that has a row keeps it, and a hand-made row is adopted, beyond the limit too.
 */
final class NicLimit {
    private NicLimit() {}

    /** The binding, unless it needs a new row beyond the limit; then the conflict is added. */
    static Binding limited(NicCase c, Binding found) {
        if (!(found instanceof Binding.New)) {
            return found;
        }
        int limit = c.policy().nicsLimit();
        List<Nic> nics = c.guest().nics().stream()
                .filter(nic -> Network.of(nic, c.networks()).isPresent())
                .toList();
        if (nics.size() <= limit || nics.stream().filter(nic -> isBound(c, nic)).count() < limit) {
            return found;
        }
        c.conflicts()
                .add(new Conflict(
                        ConflictCode.TOO_MANY_NICS,
                        "",
                        c.guest().title() + " has " + nics.size() + " NICs in Berth's networks, and nics-limit is "
                                + limit + "; those without an address get none",
                        "if it is to have as many, set nics-limit: " + nics.size()
                                + " below guests: in berth.yaml and restart the receiver; else remove NICs"));
        return new Binding.Blocked();
    }

    /** Whether the NIC has an address, or gets one by this plan. */
    private static boolean isBound(NicCase c, Nic nic) {
        return c.rows().isGiven(nic.id())
                || Network.of(nic, c.networks())
                        .filter(network -> !BindingRule.own(c, nic, network).isEmpty())
                        .isPresent();
    }
}
