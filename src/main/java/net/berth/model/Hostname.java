package net.berth.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** One DNS label by RFC 1123: 1 to 63 letters, digits and hyphens, no hyphen at either end; kept in lower case. */
public record Hostname(String label) {
    // Matched before the case is folded: folding turns some other letters, such as the Kelvin sign, into ASCII.
    private static final Pattern RFC1123 = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern ROUTER = Pattern.compile("[a-z0-9][a-z0-9-]{0,61}[a-z0-9]");

    /** Folds the case and refuses what RFC 1123 refuses. */
    public Hostname {
        if (!isLabel(label)) {
            throw new IllegalArgumentException("\"" + label
                    + "\" is not a host name label: 1 to 63 letters, digits and hyphens, no hyphen at either end");
        }
        label = label.toLowerCase(Locale.ROOT);
    }

    /** True when the constructor would accept the text. */
    public static boolean isLabel(String text) {
        return RFC1123.matcher(text).matches();
    }

    /**
     * The label of a guest: its name up to the first dot, or {@code vm101} / {@code ct101} where Proxmox has no name
     * that is a label.
     */
    public static Hostname ofGuest(String name, GuestId guest) {
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        return isLabel(first) ? new Hostname(first) : ofNumber(guest);
    }

    /** The generated label: {@code vm101} or {@code ct101}. */
    public static Hostname ofNumber(GuestId guest) {
        return new Hostname((guest.type() == GuestType.QEMU ? "vm" : "ct") + guest.vmid());
    }

    /** This label with a tail, the front cut where the whole would be too long. */
    public Hostname with(String tail) {
        String front = label.substring(0, Math.min(label.length(), 63 - tail.length()));
        return new Hostname(front + tail);
    }

    /**
     * True when the router takes it as a name: EdgeOS wants two characters at least (its template for
     * {@code static-host-mapping host-name}).
     */
    public boolean fitsRouter() {
        return ROUTER.matcher(label).matches();
    }

    /** The fully qualified name in a domain. */
    public String in(String domain) {
        return domain.isEmpty() ? label : label + "." + domain;
    }

    @Override
    public String toString() {
        return label;
    }
}
