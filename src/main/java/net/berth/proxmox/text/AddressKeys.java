package net.berth.proxmox.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;

/**
 * The keys {@code ip}, {@code gw}, {@code ip6}, {@code gw6}, which VMs and containers have in common (pve-common
 * {@code PVE::JSONSchema}, formats).
 */
final class AddressKeys {
    static final String IP = "ip";
    static final String GATEWAY = "gw";
    static final String IP6 = "ip6";
    static final String GATEWAY6 = "gw6";
    static final String DHCP = "dhcp";
    static final String MANUAL = "manual";
    static final String AUTO = "auto";

    private static final Pattern CIDR = Pattern.compile("([^/]+)/([0-9]{1,3})");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int SHORTEST_PREFIX = 8;

    private AddressKeys() {}

    static void check(PropertyString text) {
        text.require(
                IP,
                value -> value.equals(DHCP) || value.equals(MANUAL) || isIpv4Cidr(value),
                "dhcp, manual or an IPv4 address with its prefix length");
        text.require(GATEWAY, IpAddress::isAddress, "an IPv4 address");
        text.require(
                IP6,
                value -> value.equals(DHCP) || value.equals(MANUAL) || value.equals(AUTO) || isIpv6Cidr(value),
                "dhcp, auto, manual or an IPv6 address with its prefix length");
        text.require(GATEWAY6, AddressKeys::isIpv6, "an IPv6 address");
    }

    /** What the string says about the IPv4 address; the caller judges a gateway beside DHCP. */
    static NicConfig read(PropertyString text) {
        Optional<String> ip = text.get(IP);
        return switch (ip.orElse("")) {
            case "" -> new NicConfig.None();
            case DHCP -> new NicConfig.Dhcp();
            case MANUAL -> new NicConfig.Other(text.toString());
            default ->
                new NicConfig.Static(
                        interfaceAddress(ip.orElseThrow()), text.get(GATEWAY).orElse(""));
        };
    }

    /** The string with a fixed address and gateway in place of what it says about IPv4; all other tokens stay. */
    static PropertyString withAddress(PropertyString text, InterfaceAddress address, IpAddress gateway) {
        return text.with(IP, address.toString()).with(GATEWAY, gateway.toString());
    }

    /** An address that {@link #check} accepted; Proxmox takes leading zeros in the length. */
    static InterfaceAddress interfaceAddress(String text) {
        int slash = text.indexOf('/');
        return new InterfaceAddress(
                IpAddress.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    private static boolean isIpv4Cidr(String text) {
        Matcher parts = CIDR.matcher(text);
        return parts.matches() && IpAddress.isAddress(parts.group(1)) && isPrefixLength(parts.group(2), 32);
    }

    private static boolean isIpv6Cidr(String text) {
        Matcher parts = CIDR.matcher(text);
        return parts.matches() && isIpv6(parts.group(1)) && isPrefixLength(parts.group(2), 128);
    }

    private static boolean isIpv6(String text) {
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
}
