package net.berth.nipap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.nipap.xmlrpc.NipapException.Garbled;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.jspecify.annotations.Nullable;

/** Looks rows up. list_prefix knows exact values only, and no paging; search_prefix stops at 50 rows by default. */
final class RowQueries {
    /** The one type that may have hosts inside. */
    static final String ASSIGNMENT = "assignment";

    /** 10,000 rows take a nipapd half a second, and more than ten on a machine that is busy; no start waits for them. */
    private static final int LIST_PATIENCE = 6;

    /** As many as nipapd has processes on two cores; each does one call at a time. */
    private static final int CALLS_AT_ONCE = 2;

    /** Among 10,000 rows one more guest costs a call about 0.7 ms (PostgreSQL 15), and a call of its own 3 ms. */
    private static final int MOST_GUESTS_OF_A_CALL = 200;

    /** Characters of all rows of an answer; 10,000 usual rows have 3 million. */
    private static final long MOST_TEXT = 12_000_000;

    private final NipapRpc rpc;
    private final Vrf vrf;
    private final BatchedLookup<GuestId, List<AddressRow>> ofGuests;

    RowQueries(NipapRpc rpc, Vrf vrf) {
        this.rpc = rpc;
        this.vrf = vrf;
        this.ofGuests = new BatchedLookup<>(CALLS_AT_ONCE, MOST_GUESTS_OF_A_CALL, this::askedOf);
    }

    /** The prefix itself, of whatever type. */
    Optional<NipapStruct> prefix(String prefix) {
        List<NipapStruct> rows = list(Map.of("prefix", prefix));
        return rows.stream()
                .filter(row -> row.needText("prefix").equals(prefix))
                .findFirst();
    }

    /** The row of an address, of any source. */
    Optional<NipapStruct> at(IpAddress address) {
        return prefix(RowMapping.prefixOf(address)).filter(RowMapping::isHost);
    }

    /**
     * Berth's live rows of each of these NICs, the oldest first, in one call. Of more than one {@link ClaimCall} removes
     * those whose claim is not over. A quarantined row is left out: it may carry the key of an earlier guest.
     *
     * @return NICs without rows are missing
     */
    Map<NicId, List<AddressRow>> of(Set<NicId> nics) {
        Map<String, ?> keys = anyOf(
                nics.stream().map(nic -> is("external_key", nic.externalKey())).toList());
        return hosts(and(berths(), keys), 1).stream()
                .filter(row -> row.nic().filter(nics::contains).isPresent() && !row.quarantined())
                .sorted(Comparator.comparingLong(AddressRow::id))
                .collect(Collectors.groupingBy(row -> row.nic().orElseThrow()));
    }

    /** The assignments of a pool; empty when there is no such pool. */
    Optional<List<Prefix>> ofPool(String name) {
        return rpc.rows("list_pool", Map.of("pool", Map.of("name", name))).stream()
                .findFirst()
                .map(pool -> list(Map.of("pool_id", pool.needNumber("id"), "type", ASSIGNMENT, "family", 4)).stream()
                        .map(row -> Prefix.parse(row.needText("prefix")))
                        .toList());
    }

    /** Berth's rows of all NICs of these guests, read after this was called, maybe together with those of others. */
    List<AddressRow> ofGuests(Set<GuestId> guests) {
        return ofGuests.get(guests).values().stream().flatMap(List::stream).toList();
    }

    /** Without a limit: of a number that is used again all day, the live row could be the one that is cut off. */
    private Map<GuestId, List<AddressRow>> askedOf(Set<GuestId> guests) {
        Map<String, ?> query = and(
                berths(),
                anyOf(guests.stream()
                        .map(guest -> op("like", "external_key", escaped(NicId.keyPrefix(guest)) + "net%"))
                        .toList()));
        Map<GuestId, List<AddressRow>> found = new HashMap<>();
        guests.forEach(guest -> found.put(guest, new ArrayList<>()));
        // LIKE goes by the database's collation and case rules; the key's own rules are stricter.
        hosts(query, 1)
                .forEach(row -> row.nic().map(nic -> found.get(nic.guest())).ifPresent(rows -> rows.add(row)));
        return found;
    }

    private Map<String, ?> berths() {
        return and(is("vrf_id", vrf.id()), is("authoritative_source", AddressRow.SOURCE));
    }

    /** All host rows inside a prefix: in one call, since rows that come and go between two pages would be missed. */
    List<AddressRow> in(Prefix prefix) {
        Map<String, ?> query = and(
                and(is("vrf_id", vrf.id()), is("type", RowMapping.HOST)),
                op("contained_within_equals", "prefix", prefix.toString()));
        return hosts(query, LIST_PATIENCE).stream()
                .filter(row -> prefix.contains(row.address()))
                .toList();
    }

    private List<NipapStruct> list(Map<String, ? extends @Nullable Object> spec) {
        Map<String, @Nullable Object> full = new HashMap<>(spec);
        full.put("vrf_id", vrf.id());
        return rpc.rows("list_prefix", Map.of("prefix", full));
    }

    /** All rows of a query: a cut answer does not say that it is cut, and a full page may be the last one. */
    private List<AddressRow> hosts(Map<String, ?> query, int patience) {
        Map<String, ?> call = Map.of("query", query, "search_options", Map.of("max_result", false));
        AtomicLong kept = new AtomicLong();
        Object answer = rpc.callEach("search_prefix", call, patience, struct -> bounded(host(struct), kept));
        Object result = NipapStruct.of("search_prefix", answer).members().get("result");
        if (!(result instanceof List<?> found)) {
            throw new Garbled("NIPAP answered search_prefix without a list of results", null);
        }
        List<AddressRow> rows = new ArrayList<>(found.size());
        for (Object each : found) {
            if (!(each instanceof AddressRow row)) {
                throw new Garbled("NIPAP answered search_prefix with other than structs", null);
            }
            rows.add(row);
        }
        return rows;
    }

    /** Fails once the rows of an answer hold more text than the memory has room for. */
    private static Optional<AddressRow> bounded(Optional<AddressRow> read, AtomicLong kept) {
        read.ifPresent(row -> {
            long text = Stream.of(row.avps().keySet(), row.avps().values(), row.tags())
                    .flatMap(Collection::stream)
                    .mapToLong(String::length)
                    .sum();
            text += row.externalKey().length()
                    + row.node().length()
                    + row.description().length();
            if (kept.addAndGet(text) > MOST_TEXT) {
                throw new Garbled(
                        "NIPAP's rows hold more than " + MOST_TEXT + " characters of text; the last read, "
                                + row.address() + ", has " + text,
                        null);
            }
        });
        return read;
    }

    private static Optional<AddressRow> host(Map<?, ?> struct) {
        return Optional.of(NipapStruct.of("search_prefix", struct))
                .filter(RowMapping::isHost)
                .filter(RowMapping::isReadable)
                .map(RowMapping::hostRow);
    }

    private static Map<String, ?> and(Map<String, ?> one, Map<String, ?> other) {
        return Map.of("operator", "and", "val1", one, "val2", other);
    }

    /** A tree as flat as can be: nipapd follows it by recursion. */
    private static Map<String, ?> anyOf(List<? extends Map<String, ?>> conditions) {
        int half = conditions.size() / 2;
        return half == 0
                ? conditions.getFirst()
                : Map.of(
                        "operator",
                        "or",
                        "val1",
                        anyOf(conditions.subList(0, half)),
                        "val2",
                        anyOf(conditions.subList(half, conditions.size())));
    }

    private static Map<String, ?> is(String column, Object value) {
        return op("equals", column, value);
    }

    private static Map<String, ?> op(String operator, String column, Object value) {
        return Map.of("operator", operator, "val1", column, "val2", value);
    }

    /** For LIKE, where {@code _} and {@code %} stand for other characters. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
    }
}
