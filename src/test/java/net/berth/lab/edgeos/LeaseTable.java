package net.berth.lab.edgeos;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** The lease table as {@code show dhcp leases} prints it: header first, names missing or odd, widths floating. */
final class LeaseTable {
    private record Row(String address, String mac, String expires, String pool, String name) {}

    private static final DateTimeFormatter SLASHES =
            DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private final List<Row> rows = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    void add(String address, String mac, Instant expires, String pool, String name) {
        rows.removeIf(row -> row.address().equals(address));
        rows.add(new Row(address, mac, SLASHES.format(expires), pool, name));
    }

    /** A row whose date is in another form. */
    void addRaw(String address, String mac, String expires, String pool, String name) {
        rows.add(new Row(address, mac, expires, pool, name));
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
                    row.expires(),
                    row.pool(),
                    name));
        }
        return out.toString();
    }
}
