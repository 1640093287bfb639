package net.berth.edgemax.seen;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.Lease;

/** The files in which the DHCP daemons keep their leases; lines that are something else are passed over. */
public final class LeaseFiles {
    // dnsmasq: end in seconds since 1970 (0: never), MAC, address, name or *, client id or *.
    private static final Pattern DNSMASQ =
            Pattern.compile("([0-9]{1,11}) ([0-9A-Fa-f:]{17}) ([0-9.]{7,15}) (\\S+)(?: .*)?");
    private static final Pattern BEGIN = Pattern.compile("lease ([0-9.]{7,15}) \\{");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([0-3][0-7]{2})|.)", Pattern.DOTALL);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT);

    private LeaseFiles() {}

    /** A line in an entry of the ISC file; group 1 is its value. */
    private enum Statement {
        ENDS("ends [0-6] (\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2});"),
        EPOCH("ends epoch ([0-9]{1,11});.*"),
        STATE("binding state ([a-z]+);"),
        HARDWARE("hardware ethernet ([0-9A-Fa-f:]{17});"),
        NAME("client-hostname \"(.*)\";");

        private final Pattern pattern;

        Statement(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }
    }

    /** The leases of dnsmasq's file. Those of IPv6, behind a line {@code duid}, are in another form and not taken. */
    public static List<Lease> dnsmasq(String text) {
        List<Lease> leases = new ArrayList<>();
        text.lines()
                .map(String::stripTrailing)
                .map(DNSMASQ::matcher)
                .filter(Matcher::matches)
                .forEach(line -> {
                    if (IpAddress.isAddress(line.group(3)) && MacAddress.isMac(line.group(2))) {
                        long seconds = Long.parseLong(line.group(1));
                        leases.add(lease(
                                line.group(3),
                                line.group(2),
                                seconds == 0 ? Instant.MAX : Instant.ofEpochSecond(seconds),
                                line.group(4).equals("*") ? "" : line.group(4)));
                    }
                });
        return leases;
    }

    /** The active leases of ISC dhcpd's file, in UTC by its manual page. Of an address the last entry counts. */
    public static List<Lease> isc(String text) {
        Map<String, Optional<Lease>> last = new LinkedHashMap<>();
        Map<Statement, String> entry = new EnumMap<>(Statement.class);
        String address = "";
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            Matcher begin = BEGIN.matcher(line);
            if (begin.matches() || line.equals("}")) {
                if (!begin.matches()) {
                    last.put(address, lease(address, entry));
                }
                address = begin.matches() ? begin.group(1) : "";
                entry.clear();
            } else {
                for (Statement statement : Statement.values()) {
                    Matcher matcher = statement.pattern.matcher(line);
                    if (matcher.matches()) {
                        entry.put(statement, matcher.group(1));
                    }
                }
            }
        }
        return last.values().stream().flatMap(Optional::stream).toList();
    }

    private static Optional<Lease> lease(String address, Map<Statement, String> entry) {
        String mac = entry.getOrDefault(Statement.HARDWARE, "");
        boolean active = "active".equals(entry.get(Statement.STATE));
        return active && IpAddress.isAddress(address) && MacAddress.isMac(mac)
                ? Optional.of(lease(address, mac, ends(entry), unescaped(entry.getOrDefault(Statement.NAME, ""))))
                : Optional.empty();
    }

    private static Lease lease(String address, String mac, Instant expires, String name) {
        return new Lease(IpAddress.parse(address), MacAddress.parse(mac), expires, LeaseText.name(name));
    }

    /** The end of the lease; {@link Instant#MAX} for "never", or a date that cannot be read. */
    private static Instant ends(Map<Statement, String> entry) {
        String epoch = entry.get(Statement.EPOCH);
        if (epoch != null) {
            return Instant.ofEpochSecond(Long.parseLong(epoch));
        }
        try {
            return LocalDateTime.parse(entry.getOrDefault(Statement.ENDS, ""), DATE)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException unreadable) {
            return Instant.MAX;
        }
    }

    /** ISC writes odd bytes as a backslash and three octal digits, and quotes and backslashes with a backslash. */
    private static String unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escape = ESCAPE.matcher(text);
        int from = 0;
        while (escape.find()) {
            bytes.writeBytes(text.substring(from, escape.start()).getBytes(StandardCharsets.UTF_8));
            String octal = escape.group(1);
            if (octal != null) {
                bytes.write(Integer.parseInt(octal, 8));
            }
            // A character behind a lone backslash is itself.
            from = octal != null ? escape.end() : escape.start() + 1;
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
