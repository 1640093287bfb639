package net.berth.model;

import java.util.HexFormat;
import java.util.Locale;

/**
 * A unicast MAC address, upper case as Proxmox shows it. Two spellings of one address are equal; code that writes a
 * Proxmox config string keeps the spelling found there, because Proxmox itself compares with case.
 *
 * @param text six pairs of hex digits joined by colons
 */
public record MacAddress(String text) implements Comparable<MacAddress> {
    private static final int LENGTH = 17;

    /** Folds the case and refuses other forms and multicast addresses. */
    public MacAddress {
        if (!hasForm(text)) {
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
        return hasForm(text) && !isMulticast(text);
    }

    // Before the case is folded: folding turns some other letters, such as a ligature of two f, into hex digits. By
    // hand: a
    // pass reads thousands, and a pattern takes ten times as long.
    private static boolean hasForm(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int at = 0; at < LENGTH; at++) {
            char sign = text.charAt(at);
            if (at % 3 == 2 ? sign != ':' : !HexFormat.isHexDigit(sign)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMulticast(String text) {
        return (HexFormat.fromHexDigit(text.charAt(1)) & 1) != 0;
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
