package net.berth.nipap;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.HumanRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowEdit;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;

/**
 * NIPAP as the source of truth, over XML-RPC. Safe for use by several threads: reads run side by side, writes one after
 * the other. Made for nipapd 0.27 (which brought avps, status and expires) to 0.32.
 */
public final class NipapIpam implements Ipam, AutoCloseable {
    /** Rows of one batch of claims; so few that the first one of a batch is confirmed within seconds. */
    private static final int CLAIMS_AT_ONCE = 100;

    final NipapRpc rpc;
    final Vrf vrf;
    private final RowQueries rows;
    private final RowWrites writes;
    private final Attempts attempts;
    private final String place;

    /** Connects with the first call, not before. */
    public NipapIpam(NipapSettings settings) {
        this(settings, new SecureRandom(), Thread::sleep);
    }

    NipapIpam(NipapSettings settings, RandomGenerator random, Attempts.Sleeper sleeper) {
        this.rpc = new NipapRpc(settings);
        this.vrf = new Vrf(rpc, settings.vrf());
        this.rows = new RowQueries(rpc, vrf);
        this.writes = new RowWrites(rpc, vrf, rows);
        this.attempts = new Attempts(random, sleeper);
        this.place = "VRF " + settings.vrf() + " of NIPAP at " + settings.url();
    }

    @Override
    public List<AddressRow> rowsOf(Set<GuestId> guests) {
        return reading("rows of " + guests, () -> rows.ofGuests(guests));
    }

    @Override
    public List<AddressRow> rowsIn(Prefix prefix) {
        return reading("rows in " + prefix, () -> rows.in(prefix));
    }

    @Override
    public Optional<AddressRow> rowAt(IpAddress address) {
        return reading("row of " + address, () -> rows.at(address).map(RowMapping::hostRow));
    }

    @Override
    public List<Claim> claim(List<NewRow> rows) {
        List<Claim> claims = new ArrayList<>(rows.size());
        while (claims.size() < rows.size()) {
            int to = Math.min(rows.size(), claims.size() + CLAIMS_AT_ONCE);
            try {
                claims.addAll(claimAtOnce(rows.subList(claims.size(), to)));
            } catch (PeerException failure) {
                // A failure of a whole batch is not about its rows: the next batch would meet it too.
                claims.addAll(Collections.nCopies(rows.size() - claims.size(), new Claim.Failed(failure)));
            }
        }
        return claims.stream().allMatch(Claim.Failed.class::isInstance) ? failed(claims) : claims;
    }

    /** The calls are serialised one by one, so that the claims of a start pass those of a batch. */
    private List<Claim> claimAtOnce(List<NewRow> wanted) {
        ClaimCall claiming = new ClaimCall(rows, writes, attempts, wanted);
        return translating(() -> {
            try {
                return attempts.repeat("claim of " + wanted.size() + " addresses", claiming::attempt);
            } catch (NipapException failure) {
                return claiming.outcomes(failure);
            }
        });
    }

    private static List<Claim> failed(List<Claim> claims) {
        if (claims.isEmpty()) {
            return claims;
        }
        throw ((Claim.Failed) claims.getFirst()).cause();
    }

    @Override
    public boolean writeDown(HumanRow row) {
        ImportCall writing = new ImportCall(writes, rows, row);
        return writing("row of " + row.address(), writing::attempt);
    }

    @Override
    public Optional<AddressRow> edit(AddressRow seen, RowEdit edit) {
        EditCall editing = new EditCall(writes, seen, edit);
        return writing("edit of " + seen.address(), editing::attempt);
    }

    @Override
    public boolean remove(AddressRow seen) {
        return writing("removal of " + seen.address(), () -> writes.remove(seen));
    }

    @Override
    public Optional<List<Prefix>> pool(String name) {
        return reading("pool " + name, () -> rows.ofPool(name));
    }

    /** Asks for the VRF, the place and the right to write: NIPAP's {@code version} answers with its database down. */
    @Override
    public void check(Network network) {
        checkPlace(network);
        writing("check of the right to write", this::writeNothing);
    }

    /** Whether addresses of the network have a place in NIPAP. */
    void checkPlace(Network network) {
        reading("check of VRF " + place, vrf::refresh);
        if (network.pool().isEmpty()) {
            check(network.prefix());
        } else {
            check(network.prefix(), network.pool());
        }
    }

    private void check(Prefix prefix) {
        Optional<NipapStruct> found = reading("check of " + prefix, () -> rows.prefix(prefix.toString()));
        String type = found.flatMap(row -> row.text("type")).orElse("");
        if (type.isEmpty()) {
            throw refused(prefix + " is not in " + place + "; add it there as an assignment");
        }
        if (!type.equals(RowQueries.ASSIGNMENT)) {
            throw refused(prefix + " is a " + type + " in " + place + "; hosts can only be added to an assignment");
        }
    }

    private void check(Prefix prefix, String pool) {
        List<Prefix> members = pool(pool)
                .orElseThrow(() -> refused("there is no pool " + pool + " in NIPAP; add it, or correct allocate:"));
        if (members.stream().noneMatch(prefix::overlaps)) {
            throw refused(
                    "pool " + pool + " has no assignment inside of " + prefix + " in " + place + "; add one to it");
        }
    }

    /** No row is host and assignment; so this changes nothing, but NIPAP refuses it to a user who may only read. */
    List<NipapStruct> writeNothing() {
        Map<String, ?> none = Map.of("prefix", "0.0.0.0/0", "vrf_id", vrf.id(), "type", RowMapping.HOST);
        return rpc.rows("edit_prefix", Map.of("prefix", none, "attr", Map.of("status", "reserved")));
    }

    @Override
    public void close() {
        rpc.close();
    }

    private <T> T reading(String what, Supplier<T> work) {
        return translating(() -> attempts.read(what, work));
    }

    private <T> T writing(String what, Supplier<T> work) {
        return translating(() -> attempts.write(what, work));
    }

    <T> T translating(Supplier<T> work) {
        try {
            return work.get();
        } catch (NipapException e) {
            if (e.is(FaultKind.NO_SUCH_VRF)) {
                vrf.forget();
            }
            throw e.asPeerException();
        }
    }

    private static PeerException refused(String message) {
        return new PeerException(Peer.NIPAP, PeerException.Kind.REFUSED, message);
    }
}
