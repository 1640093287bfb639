package net.berth.nipap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.berth.engine.port.Ipam.Claim;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapFault;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapUnanswered;
import net.berth.nipap.xmlrpc.NipapUnanswered.How;

/**
 * Claims of addresses for NICs, many at once: all rows are added, one look shows the rows of all these NICs, and then
 * each row is confirmed. NIPAP finds and inserts in two steps and knows no unique key but (VRF, prefix); so exactly one
 * address is asked for per NIC, and that index decides between contenders for it.
 *
 * <p>That one NIC gets one row although contenders may ask for different addresses takes two steps: the row is added with
 * the tag {@link AddressRow#CLAIMING}, then all rows of the NIC are listed, and only a row that is alone in that list has its
 * tag removed. Of several rows the one with the lowest id stays, unless another is confirmed already. Ids cannot decide
 * alone, since NIPAP's database gives them out before a row can be seen. Two rows are never both confirmed: each was
 * listed alone after it was there, so each would have been there before the other. The proof needs only the look after
 * the add; so the first attempt adds without a look before it, and a NIC that has a row after all loses the new one.
 *
 * <p>Each receiver that lists may take the next step for any row; so a receiver that dies in between blocks no other, and
 * a lost answer is met by looking before anything is sent again.
 */
final class ClaimCall {
    /** Each look but the last removes another contender's row or loses to one; there are few receivers. */
    private static final int LOOKS = 20;

    private final NipapRpc rpc;
    private final Vrf vrf;
    private final RowQueries rows;
    private final RemoveCall removing;
    private final WriteLane lane;
    private final List<OpenClaim> claims;
    private boolean isAgain;

    ClaimCall(NipapRpc rpc, Vrf vrf, RowQueries rows, RemoveCall removing, WriteLane lane, List<NewRow> wanted) {
        this.rpc = rpc;
        this.vrf = vrf;
        this.rows = rows;
        this.removing = removing;
        this.lane = lane;
        this.claims = wanted.stream().map(OpenClaim::new).toList();
    }

    /**
     * One attempt for all claims that have no outcome yet; to be made again after a failure that passes.
     *
     * @return the outcomes, in order
     */
    List<Claim> attempt() {
        boolean look = isAgain;
        isAgain = true;
        for (int round = 0; round < LOOKS && !open().isEmpty(); round++) {
            if (!look) {
                open().stream().filter(OpenClaim::isToBeAdded).forEach(claim -> decideBy(claim, () -> add(claim)));
            }
            look = false;
            settle(open());
        }
        if (!open().isEmpty()) {
            throw new NipapUnanswered(
                    "rows of " + open().getFirst().nic() + " in NIPAP changed with each of " + LOOKS + " looks",
                    How.NOT_SENT,
                    null);
        }
        return outcomes();
    }

    private List<OpenClaim> open() {
        return claims.stream().filter(OpenClaim::isOpen).toList();
    }

    private List<Claim> outcomes() {
        return claims.stream().map(OpenClaim::outcome).toList();
    }

    /**
     * The outcomes after a failure that ended the attempts: claims without one failed with it.
     *
     * @throws NipapException that failure, when no claim has an outcome
     */
    List<Claim> outcomes(NipapException failure) {
        if (open().size() == claims.size()) {
            throw failure;
        }
        open().forEach(claim -> claim.failed(failure));
        return outcomes();
    }

    /** What NIPAP has against one row is the failure of its claim only. */
    private static void decideBy(OpenClaim claim, Runnable step) {
        try {
            step.run();
        } catch (NipapException failure) {
            if (failure.retryable() || !isAboutOneRow(failure)) {
                throw failure;
            }
            claim.failed(failure);
        }
    }

    private static boolean isAboutOneRow(NipapException failure) {
        return failure instanceof NipapFault fault && fault.kind().isAboutOneRow();
    }

    private void add(OpenClaim claim) {
        Map<String, ?> attributes = RowMapping.attributes(claim.wanted(), vrf.id());
        claim.adding(() -> writing(claim, () -> rpc.call("add_prefix", Map.of("attr", attributes))));
    }

    private <T> T writing(OpenClaim claim, Supplier<T> call) {
        return lane.write("claim of " + claim.wanted().address() + " for " + claim.nic(), call);
    }

    private void settle(List<OpenClaim> open) {
        if (open.isEmpty()) {
            return;
        }
        Map<NicId, List<AddressRow>> found =
                rows.of(open.stream().map(OpenClaim::nic).collect(Collectors.toSet()));
        for (OpenClaim claim : open) {
            List<AddressRow> own = found.getOrDefault(claim.nic(), List.of());
            if (own.isEmpty()) {
                claim.foundNone();
            } else {
                decideBy(claim, () -> step(claim, own).ifPresent(claim::settled));
            }
        }
    }

    /** One step towards one row that stays; empty when it takes another look. */
    private Optional<AddressRow> step(OpenClaim claim, List<AddressRow> found) {
        AddressRow kept =
                found.stream().filter(row -> !row.claiming()).findFirst().orElseGet(found::getFirst);
        for (AddressRow other : found) {
            // A row that bound the NIC already may be on the router and in the guest: the plan quarantines it.
            if (other.id() != kept.id() && other.claiming()) {
                writing(claim, () -> removing.attempt(other));
            }
        }
        if (!kept.claiming()) {
            return Optional.of(kept);
        }
        return found.size() == 1 ? writing(claim, () -> confirm(kept)) : Optional.empty();
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
