package net.berth.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A unicast MAC address, upper case as Proxmox shows it. Two spellings of one address are equal; code that writes a
 * Proxmox config string keeps the spelling found there, because Proxmox itself compares with case.
 *
 * @param text six pairs of hex digits joined by colons
 */
public record MacAddress(String text) implements Comparable<MacAddress> {
    // Matched before the case is folded: folding turns some other letters, such as a ligature of two f, into hex
    // digits.
    private static final Pattern FORM = Pattern.compile("(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}");

    /** Folds the case and refuses other forms and multicast addresses. */
    public MacAddress {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a MAC address such as BC:24:11:00:00:01");
        }
        text = text.toUpperCase(Locale.ROOT);
        if (isMulticast(text)) {
            throw new IllegalArgumentException(text + " is a multicast MAC address; a NIC needs a unicast one");
        }
    }

    /** Like the constructor. */
    public static MacAddress parse(String text) {
        return new MacAddress(text);
    }

    /** True when {@link #parse} would accept the text. */
    public static boolean isMac(String text) {
        return FORM.matcher(text).matches() && !isMulticast(text);
    }

    private static boolean isMulticast(String text) {
        return (Integer.parseInt(text.substring(0, 2), 16) & 1) != 0;
    }

    /** Lower case, as DHCP servers and {@code ip} print it. */
    public String lowerCase() {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(MacAddress other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
