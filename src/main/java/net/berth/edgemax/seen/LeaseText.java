package net.berth.edgemax.seen;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code show dhcp leases}. Columns float and dates come in more than one form, so a line is read from its
 * left end: what counts is the address and the MAC. Times are taken for UTC, as other readers of this table do.
 */
public final class LeaseText {
    private static final Pattern ROW = Pattern.compile("\\s*([0-9.]{7,15})\\s+([0-9A-Fa-f:]{11,17})(?:\\s+(.*))?");
    private static final Pattern SLASHES =
            Pattern.compile("(\\d{4}/\\d{2}/\\d{2})\\s+(\\d{2}:\\d{2}:\\d{2})(?:\\s+\\S+)?(?:\\s+(.*))?");
    private static final Pattern MONTH = Pattern.compile(
            "([A-Z][a-z]{2} +\\d{1,2}, \\d{4})(?:\\s+(\\d{2}:\\d{2}:\\d{2}))?(?:\\s+\\S+)?(?:\\s+(.*))?");
    private static final DateTimeFormatter SLASH_DATE = DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT);
    private static final DateTimeFormatter MONTH_DATE = DateTimeFormatter.ofPattern("MMM d, uuuu", Locale.ENGLISH);

    private LeaseText() {}

    public static List<Lease> parse(String text) {
        List<Lease> leases = new ArrayList<>();
        text.lines().forEach(line -> lease(line).ifPresent(leases::add));
        return leases;
    }

    private static Optional<Lease> lease(String line) {
        Matcher row = ROW.matcher(line.stripTrailing());
        if (!row.matches() || !IpAddress.isAddress(row.group(1)) || !MacAddress.isMac(padded(row.group(2)))) {
            return Optional.empty();
        }
        IpAddress address = IpAddress.parse(row.group(1));
        MacAddress mac = MacAddress.parse(padded(row.group(2)));
        String rest = row.group(3) == null ? "" : row.group(3);
        Matcher slashes = SLASHES.matcher(rest);
        if (slashes.matches()) {
            Instant expires = instant(slashes.group(1), SLASH_DATE, slashes.group(2));
            return Optional.of(new Lease(address, mac, expires, name(slashes.group(3))));
        }
        Matcher month = MONTH.matcher(rest);
        if (month.matches()) {
            Instant expires = instant(month.group(1).replaceAll(" +", " "), MONTH_DATE, word(month.group(2)));
            return Optional.of(new Lease(address, mac, expires, name(month.group(3))));
        }
        String[] columns = rest.split("\\s{2,}", 3);
        return Optional.of(new Lease(address, mac, Instant.MAX, name(columns.length > 2 ? columns[2] : "")));
    }

    /** Some versions print {@code 0:1f:13:...} without leading zeros. */
    private static String padded(String mac) {
        StringBuilder whole = new StringBuilder();
        for (String pair : mac.split(":", -1)) {
            whole.append(whole.isEmpty() ? "" : ":").append(pair.length() == 1 ? "0" + pair : pair);
        }
        return whole.toString();
    }

    private static Instant instant(String date, DateTimeFormatter form, String time) {
        try {
            LocalDate day = LocalDate.parse(date, form);
            // Without a time of day the lease lasts to the end of that day for all we know.
            LocalTime at = time.isEmpty() ? LocalTime.of(23, 59, 59) : LocalTime.parse(time);
            return LocalDateTime.of(day, at).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException unreadable) {
            return Instant.MAX;
        }
    }

    private static String word(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A client's name as it may be shown; empty when it sent none. */
    static String name(@Nullable String text) {
        String plain = word(text).replaceAll("[\\p{Cntrl}\\uFFFD]", "?").strip();
        return plain.equals("?") ? "" : plain;
    }
}
