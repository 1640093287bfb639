package net.berth.lab.nipap;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Rows as list_prefix and search_prefix answer them: alike, but not the same members. */
final class RowPrinter {
    private final PlanTable table;
    private final Vrfs vrfs;
    private final Pools pools;

    RowPrinter(PlanTable table, Vrfs vrfs, Pools pools) {
        this.table = table;
        this.vrfs = vrfs;
        this.pools = pools;
    }

    /** As list_prefix and add_prefix answer: without {@code prefix_length}. */
    Map<String, Object> listed(PlanRow row) {
        Map<String, Object> struct = head(row);
        struct.put("prefix", row.prefix().toString());
        struct.put("display_prefix", display(row));
        copy(struct, row, "description");
        struct.put("inherited_tags", inheritedTags(row));
        copy(struct, row, "tags", "node", "comment");
        pool(struct, row);
        struct.put("type", row.type());
        struct.put("indent", indent(row));
        copy(struct, row, "country", "order_id", "customer_id", "external_key", "authoritative_source");
        copy(struct, row, "alarm_priority", "monitor", "vlan");
        struct.put("added", date(row.added()));
        struct.put("last_modified", date(row.modified()));
        counters(struct, row);
        copy(struct, row, "status", "avps");
        struct.put("expires", date((Instant) row.column("expires")));
        return struct;
    }

    /** As search_prefix and edit_prefix answer. */
    Map<String, Object> found(PlanRow row) {
        Map<String, Object> struct = head(row);
        struct.put("display", true);
        struct.put("match", true);
        struct.put("prefix", row.prefix().toString());
        struct.put("prefix_length", row.prefix().length());
        struct.put("display_prefix", withMask(display(row), row));
        copy(struct, row, "description", "comment");
        struct.put("inherited_tags", inheritedTags(row));
        copy(struct, row, "tags", "node");
        pool(struct, row);
        struct.put("type", row.type());
        copy(struct, row, "status");
        struct.put("indent", indent(row));
        copy(struct, row, "country", "order_id", "customer_id", "external_key", "authoritative_source");
        copy(struct, row, "alarm_priority", "monitor", "vlan");
        struct.put("added", date(row.added()));
        struct.put("last_modified", date(row.modified()));
        struct.put("children", children(row).size());
        counters(struct, row);
        copy(struct, row, "avps");
        struct.put("expires", date((Instant) row.column("expires")));
        return struct;
    }

    private Map<String, Object> head(PlanRow row) {
        Vrfs.Vrf vrf = vrfs.get(row.vrf());
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("id", row.id());
        struct.put("vrf_id", row.vrf());
        struct.put("vrf_rt", vrf.rt());
        struct.put("vrf_name", vrf.name());
        struct.put("family", row.prefix().family());
        return struct;
    }

    private static void copy(Map<String, Object> struct, PlanRow row, String... columns) {
        for (String column : columns) {
            struct.put(column, row.column(column));
        }
    }

    private void pool(Map<String, Object> struct, PlanRow row) {
        Integer pool = (Integer) row.column("pool_id");
        struct.put("pool_id", pool);
        struct.put("pool_name", pool == null ? null : pools.get(pool).name());
    }

    private String display(PlanRow row) {
        if (!row.isHost()) {
            return row.prefix().withLength(row.prefix().length());
        }
        int length = table.parent(row.vrf(), row.prefix())
                .map(parent -> parent.prefix().length())
                .orElse(row.prefix().length());
        return row.prefix().withLength(length);
    }

    /** search_prefix casts to text, which names a full length; list_prefix does not. */
    private static String withMask(String display, PlanRow row) {
        return display.contains("/") ? display : display + "/" + row.prefix().width();
    }

    private int indent(PlanRow row) {
        return table.parent(row.vrf(), row.prefix())
                .map(parent -> indent(parent) + 1)
                .orElse(0);
    }

    private List<Object> inheritedTags(PlanRow row) {
        TreeSet<Object> tags = new TreeSet<>();
        table.parent(row.vrf(), row.prefix()).ifPresent(parent -> {
            tags.addAll(inheritedTags(parent));
            tags.addAll((List<?>) parent.column("tags"));
        });
        return new ArrayList<>(tags);
    }

    private List<PlanRow> children(PlanRow row) {
        if (row.prefix().isHost()) {
            return List.of();
        }
        return table.inside(row.vrf(), row.prefix()).stream()
                .filter(child -> table.parent(child.vrf(), child.prefix())
                        .filter(row::equals)
                        .isPresent())
                .toList();
    }

    private void counters(Map<String, Object> struct, PlanRow row) {
        BigInteger total = row.prefix().size();
        BigInteger used = row.prefix().isHost()
                ? total
                : children(row).stream().map(child -> child.prefix().size()).reduce(BigInteger.ZERO, BigInteger::add);
        struct.put("total_addresses", total.toString());
        struct.put("used_addresses", used.toString());
        struct.put("free_addresses", total.subtract(used).toString());
    }

    /** Without an offset, in the zone of the database's session. */
    private static LocalDateTime date(Instant time) {
        return time == null || time.equals(Expires.NEVER) ? null : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
