package net.berth.edgemax.seen;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
    private static final Pattern ENDS = Pattern.compile("ends [0-6] (\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2});");
    private static final Pattern EPOCH = Pattern.compile("ends epoch ([0-9]{1,11});.*");
    private static final Pattern STATE = Pattern.compile("binding state ([a-z]+);");
    private static final Pattern HARDWARE = Pattern.compile("hardware ethernet ([0-9A-Fa-f:]{17});");
    private static final Pattern NAME = Pattern.compile("client-hostname \"(.*)\";");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([0-3][0-7]{2})|.)", Pattern.DOTALL);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT);

    private LeaseFiles() {}

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

    /**
     * The active leases of ISC dhcpd's file, whose times are UTC by its manual page. It grows at its end: of an address
     * the last entry counts.
     */
    public static List<Lease> isc(String text) {
        Map<String, Optional<Lease>> last = new LinkedHashMap<>();
        Entry entry = new Entry("");
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            Matcher begin = BEGIN.matcher(line);
            if (begin.matches()) {
                entry = new Entry(begin.group(1));
            } else if (line.equals("}")) {
                last.put(entry.address, entry.lease());
                entry = new Entry("");
            } else {
                entry.take(line);
            }
        }
        return last.values().stream().flatMap(Optional::stream).toList();
    }

    private static Lease lease(String address, String mac, Instant expires, String name) {
        return new Lease(IpAddress.parse(address), MacAddress.parse(mac), expires, "", LeaseText.name(name));
    }

    /** One entry of the ISC file while its lines are gathered. */
    private static final class Entry {
        private final String address;
        private String mac = "";
        private String name = "";
        private String state = "";
        // "never", or a date that cannot be read.
        private Instant ends = Instant.MAX;

        Entry(String address) {
            this.address = address;
        }

        void take(String line) {
            Matcher date = ENDS.matcher(line);
            Matcher epoch = EPOCH.matcher(line);
            Matcher binding = STATE.matcher(line);
            Matcher hardware = HARDWARE.matcher(line);
            Matcher host = NAME.matcher(line);
            if (date.matches()) {
                ends = instant(date.group(1));
            } else if (epoch.matches()) {
                ends = Instant.ofEpochSecond(Long.parseLong(epoch.group(1)));
            } else if (binding.matches()) {
                state = binding.group(1);
            } else if (hardware.matches()) {
                mac = hardware.group(1);
            } else if (host.matches()) {
                name = unescaped(host.group(1));
            }
        }

        Optional<Lease> lease() {
            boolean whole = state.equals("active") && IpAddress.isAddress(address) && MacAddress.isMac(mac);
            return whole ? Optional.of(LeaseFiles.lease(address, mac, ends, name)) : Optional.empty();
        }

        private static Instant instant(String date) {
            try {
                return LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException unreadable) {
                return Instant.MAX;
            }
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
            // What a backslash alone protects is taken as it stands.
            from = octal != null ? escape.end() : escape.start() + 1;
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
