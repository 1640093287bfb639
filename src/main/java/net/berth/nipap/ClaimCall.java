package net.berth.nipap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.engine.port.Ipam.Claim;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapFault;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapUnanswered;
import net.berth.nipap.xmlrpc.NipapUnanswered.How;

/**
 * One claim of one address for one NIC. NIPAP finds and inserts in two steps and knows no unique key but (VRF, prefix);
 * so exactly one address is asked for, and that index decides between contenders for it.
 *
 * <p>That one NIC gets one row although contenders may ask for different addresses takes two steps: the row is made with
 * the tag {@link AddressRow#CLAIMING}, then all rows of the NIC are listed, and only a row that stands alone there has its
 * tag taken off. Of several the one with the lowest id stays, unless another is confirmed already. Ids cannot decide
 * alone, since NIPAP's database gives them out before a row can be seen. Two rows are never both confirmed: each was
 * listed alone after it was there, so each would have been there before the other.
 *
 * <p>Whoever lists may take the next step, whoever made the row; so a receiver that dies in between blocks nobody, and
 * an answer that did not come is met by looking again.
 */
final class ClaimCall {
    /** Each look but the last takes another contender's row away or loses to one; there are few receivers. */
    private static final int LOOKS = 20;

    private final NipapRpc rpc;
    private final Vrf vrf;
    private final RowQueries rows;
    private final RemoveCall removing;
    private final NewRow wanted;
    private boolean mayBeDone;

    ClaimCall(NipapRpc rpc, Vrf vrf, RowQueries rows, RemoveCall removing, NewRow wanted) {
        this.rpc = rpc;
        this.vrf = vrf;
        this.rows = rows;
        this.removing = removing;
        this.wanted = wanted;
    }

    /** One attempt; to be made again after a failure that passes. */
    Claim attempt() {
        for (int look = 0; look < LOOKS; look++) {
            List<AddressRow> found = rows.of(wanted.nic(), wanted.address());
            if (found.isEmpty()) {
                if (!add() && rows.of(wanted.nic(), wanted.address()).isEmpty()) {
                    return new Claim.Taken(wanted.address());
                }
                continue;
            }
            Optional<AddressRow> settled = settle(found);
            if (settled.isPresent()) {
                boolean made = mayBeDone && settled.get().address().equals(wanted.address());
                return made ? new Claim.Made(settled.get()) : new Claim.Had(settled.get());
            }
        }
        throw new NipapUnanswered(
                "rows of " + wanted.nic() + " in NIPAP changed with each of " + LOOKS + " looks", How.NOT_SENT, null);
    }

    /** False when the address has a row: ours after all, when nipapd ran the statement twice or another was quicker. */
    private boolean add() {
        try {
            rpc.call("add_prefix", Map.of("attr", RowMapping.attributes(wanted, vrf.id())));
            mayBeDone = true;
            return true;
        } catch (NipapFault fault) {
            mayBeDone |= fault.mayHaveHappened() && fault.kind() != FaultKind.DUPLICATE;
            if (fault.kind() == FaultKind.DUPLICATE) {
                return false;
            }
            throw fault;
        } catch (NipapException e) {
            mayBeDone |= e.mayHaveHappened();
            throw e;
        }
    }

    /** One step towards one row that stays; empty when it takes another look. */
    private Optional<AddressRow> settle(List<AddressRow> found) {
        AddressRow kept =
                found.stream().filter(row -> !row.claiming()).findFirst().orElseGet(found::getFirst);
        for (AddressRow other : found) {
            // One that bound the NIC already may be on the router and in the guest: the plan lets it rest.
            if (other.id() != kept.id() && other.claiming()) {
                removing.attempt(other);
            }
        }
        if (!kept.claiming()) {
            return Optional.of(kept);
        }
        return found.size() == 1 ? confirm(kept) : Optional.empty();
    }

    /** May be done twice: it changes the tags only. */
    private Optional<AddressRow> confirm(AddressRow row) {
        List<String> tags = row.tags().stream()
                .filter(tag -> !tag.equals(AddressRow.CLAIMING))
                .toList();
        Map<String, ?> condition = Map.of(
                "prefix", RowMapping.prefixOf(row.address()),
                "vrf_id", vrf.id(),
                "type", RowMapping.HOST,
                "external_key", row.externalKey(),
                "authoritative_source", AddressRow.SOURCE,
                "status", row.status().toString());
        return rpc.rows("edit_prefix", Map.of("prefix", condition, "attr", Map.of("tags", tags))).stream()
                .filter(answer -> answer.needNumber("id") == row.id())
                .map(RowMapping::hostRow)
                .findFirst();
    }
}
