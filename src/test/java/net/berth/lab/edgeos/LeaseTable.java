package net.berth.lab.edgeos;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The leases, as {@code show dhcp leases} prints them (header first, names missing or odd, widths floating, no static
 * mappings) and as the daemons keep them in their files.
 */
final class LeaseTable {
    /** A lease; one without an end has its date as text and stands in the printed table alone. */
    private record Row(String address, String mac, Optional<Instant> end, String date, String pool, String name) {}

    private static final DateTimeFormatter SLASHES = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter ISC =
            DateTimeFormatter.ofPattern("e uuuu/MM/dd HH:mm:ss", Locale.US).withZone(ZoneOffset.UTC);
    private final List<Row> rows = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private volatile ZoneId zone = ZoneOffset.UTC;

    void zone(ZoneId shown) {
        zone = shown;
    }

    void add(String address, String mac, Instant expires, String pool, String name) {
        rows.removeIf(row -> row.address().equals(address));
        rows.add(new Row(address, mac, Optional.of(expires), "", pool, name));
    }

    /** A row whose date is in another form. */
    void addRaw(String address, String mac, String expires, String pool, String name) {
        rows.add(new Row(address, mac, Optional.empty(), expires, pool, name));
    }

    void remove(String address) {
        rows.removeIf(row -> row.address().equals(address));
    }

    void warn(long number) {
        warnings.add("Warning: leased IP address [" + number + "] not in any of the pools");
    }

    String print(DhcpConfig config) {
        StringBuilder out = new StringBuilder();
        warnings.forEach(warning -> out.append(warning).append('\n'));
        out.append("IP address      Hardware Address   Lease expiration     Pool       Client Name\n");
        out.append("----------      ----------------   ----------------     ----       -----------\n");
        for (Row row : rows) {
            boolean mapped = config.reservations().stream()
                    .anyMatch(map ->
                            map.address().equals(row.address()) && map.mac().equalsIgnoreCase(row.mac()));
            if (mapped) {
                continue;
            }
            String name = row.name().isEmpty() && config.dnsmasq() ? "?" : row.name();
            out.append(String.format(
                    Locale.ROOT,
                    "%-15s %-18s %-20s %-10s %s%n",
                    row.address(),
                    row.mac(),
                    row.end().map(SLASHES.withZone(zone)::format).orElse(row.date()),
                    row.pool(),
                    name));
        }
        return out.toString();
    }

    /** dnsmasq writes a {@code *} for what it does not know, and takes only names that DNS could have. */
    String printDnsmasq() {
        StringBuilder out = new StringBuilder();
        for (Row row : rows) {
            boolean name = row.name().matches("[A-Za-z0-9_-]+");
            row.end().ifPresent(end -> out.append(String.join(
                            " ",
                            end.equals(Instant.MAX) ? "0" : Long.toString(end.getEpochSecond()),
                            row.mac(),
                            row.address(),
                            name ? row.name() : "*",
                            "01:" + row.mac()))
                    .append('\n'));
        }
        return out + "duid 00:01:00:01:2b:5b:5a:5c:00:00:5e:00:53:01\n1 2 fd00::9 * 00:01\n";
    }

    /** ISC dhcpd appends: each lease stands there as it was first, then as it is. */
    String printIsc() {
        StringBuilder out =
                new StringBuilder("# The format of this file is documented in the dhcpd.leases(5) manual page.\n\n");
        for (Row row : rows) {
            row.end().ifPresent(end -> {
                entry(out, row, end, "free", "02:00:5e:00:53:fe");
                entry(out, row, end, "active", row.mac());
            });
        }
        return out.toString();
    }

    private static void entry(StringBuilder out, Row row, Instant end, String state, String mac) {
        out.append("lease " + row.address() + " {\n");
        if (end.equals(Instant.MAX)) {
            out.append("  ends never;\n");
        } else {
            out.append("  starts " + weekday(ISC.format(end.minusSeconds(600))) + ";\n  ends "
                    + weekday(ISC.format(end)) + ";\n");
        }
        out.append("  binding state " + state + ";\n  next binding state free;\n");
        out.append("  hardware ethernet " + mac + ";\n");
        if (!row.name().isEmpty()) {
            out.append("  client-hostname \"" + escaped(row.name()) + "\";\n");
        }
        out.append("}\n");
    }

    /** ISC counts the days of the week from 0, Sunday. */
    private static String weekday(String date) {
        return (date.charAt(0) - '1') + date.substring(1);
    }

    private static String escaped(String name) {
        StringBuilder out = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            if (each == '"' || each == '\\') {
                out.append('\\').append((char) each);
            } else if (each < ' ' || each > '~') {
                out.append(String.format(Locale.ROOT, "\\%03o", each & 0xFF));
            } else {
                out.append((char) each);
            }
        }
        return out.toString();
    }
}
