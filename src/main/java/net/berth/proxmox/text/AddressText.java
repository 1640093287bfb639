package net.berth.proxmox.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;

/** The checks of single values that the config strings share (pve-common {@code PVE::JSONSchema}, formats). */
final class AddressText {
    private static final Pattern CIDR = Pattern.compile("([^/]+)/([0-9]{1,3})");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern BRIDGE = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int SHORTEST_PREFIX = 8;

    private AddressText() {}

    static boolean isIpv4(String text) {
        return IpAddress.isAddress(text);
    }

    static boolean isIpv4Cidr(String text) {
        Matcher parts = CIDR.matcher(text);
        return parts.matches() && isIpv4(parts.group(1)) && isPrefixLength(parts.group(2), 32);
    }

    /** An address that {@link #isIpv4Cidr} accepts; Proxmox takes leading zeros in the length. */
    static InterfaceAddress interfaceAddress(String text) {
        int slash = text.indexOf('/');
        return new InterfaceAddress(
                IpAddress.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    static boolean isIpv6Cidr(String text) {
        Matcher parts = CIDR.matcher(text);
        return parts.matches() && isIpv6(parts.group(1)) && isPrefixLength(parts.group(2), 128);
    }

    static boolean isIpv6(String text) {
        if (!IPV6_CHARACTERS.matcher(text).matches()) {
            return false;
        }
        try {
            // A text with a colon is never looked up as a name.
            return InetAddress.getByName(text).getHostAddress() != null;
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    private static boolean isPrefixLength(String digits, int longest) {
        int length = Integer.parseInt(digits);
        return length >= SHORTEST_PREFIX && length <= longest;
    }

    static void requireMac(String text, String key, String value) {
        require(MacAddress.isMac(value), text, key, value, "a unicast MAC address such as BC:24:11:00:00:01");
    }

    static void requireBridge(String text, String value) {
        require(BRIDGE.matcher(value).matches(), text, "bridge", value, "a bridge name");
    }

    static void requireTag(String text, String value) {
        boolean tag = value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= 4094;
        require(tag, text, "tag", value, "a VLAN tag, 1 to 4094");
    }

    static void require(boolean holds, String text, String key, String value, String expected) {
        if (!holds) {
            throw new ConfigTextException(text, key + "=" + value + " is not " + expected);
        }
    }
}
