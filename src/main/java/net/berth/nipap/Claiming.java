package net.berth.nipap;

import java.util.List;
import java.util.Map;
import net.berth.engine.Ipam.Claim;
import net.berth.model.HostRow;
import net.berth.model.NewRow;

/**
 * One claim of one address for one NIC. NIPAP finds and inserts in two steps and knows no unique key but (VRF, prefix);
 * so exactly one address is asked for, and that index decides between contenders. An answer that did not come may mean
 * that the row was made: each attempt looks for it first.
 */
final class Claiming {
    private final NipapRpc rpc;
    private final Vrf vrf;
    private final Rows rows;
    private final Removing removing;
    private final NewRow wanted;
    private boolean mayBeDone;

    Claiming(NipapRpc rpc, Vrf vrf, Rows rows, Removing removing, NewRow wanted) {
        this.rpc = rpc;
        this.vrf = vrf;
        this.rows = rows;
        this.removing = removing;
        this.wanted = wanted;
    }

    /** One attempt; to be made again after a failure that passes. */
    Claim attempt() {
        List<HostRow> had = rows.of(wanted.nic(), wanted.address());
        if (!had.isEmpty()) {
            return settle(had);
        }
        try {
            rpc.call("add_prefix", Map.of("attr", RowMapping.attributes(wanted, vrf.id())));
            mayBeDone = true;
        } catch (NipapFault fault) {
            if (fault.kind() != FaultKind.DUPLICATE) {
                mayBeDone |= fault.mayHaveHappened();
                throw fault;
            }
            // Ours after all, when another receiver was quicker or nipapd ran the statement twice.
            return orTaken(rows.of(wanted.nic(), wanted.address()));
        } catch (NipapException e) {
            mayBeDone |= e.mayHaveHappened();
            throw e;
        }
        return orTaken(rows.of(wanted.nic(), wanted.address()));
    }

    private Claim orTaken(List<HostRow> found) {
        return found.isEmpty() ? new Claim.Taken(wanted.address()) : settle(found);
    }

    /** Keeps the oldest row. The younger ones were made by contenders, who come to the same verdict. */
    private Claim settle(List<HostRow> found) {
        HostRow oldest = found.getFirst();
        for (HostRow younger : found.subList(1, found.size())) {
            removing.attempt(younger);
        }
        boolean made = mayBeDone && oldest.address().equals(wanted.address());
        return made ? new Claim.Made(oldest) : new Claim.Had(oldest);
    }
}
