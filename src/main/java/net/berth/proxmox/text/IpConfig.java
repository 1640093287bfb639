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
 * A VM's {@code ipconfigN}: what the next cloud-init image says about NIC N.
 *
 * <p>Proxmox stores the string as it is typed and accepts some that its own cloud-init generator cannot use (source:
 * qemu-server {@code PVE::QemuServer::Cloudinit}); {@link #nicConfig()} finds those. A container's
 * {@code netN} has the keys for addresses, too.
 */
public final class IpConfig {
    private static final String IP = "ip";
    private static final String GATEWAY = "gw";
    private static final String IP6 = "ip6";
    private static final String GATEWAY6 = "gw6";
    private static final String DHCP = "dhcp";
    private static final String MANUAL = "manual";
    private static final String AUTO = "auto";

    private static final Pattern CIDR = Pattern.compile("([^/]+)/([0-9]{1,3})");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int SHORTEST_PREFIX = 8;

    private final PropertyString text;

    private IpConfig(PropertyString text) {
        this.text = text;
    }

    /** Throws {@link ConfigTextException} when Proxmox would refuse an address or a gateway. Empty says nothing. */
    public static IpConfig parse(String ipconfigN) {
        PropertyString text = PropertyString.parse(ipconfigN, "");
        check(text);
        requires(text, GATEWAY, IP);
        requires(text, GATEWAY6, IP6);
        return new IpConfig(text);
    }

    private static void requires(PropertyString text, String key, String other) {
        if (text.get(key).isPresent() && text.get(other).isEmpty()) {
            throw new ConfigTextException(text.toString(), key + " needs " + other);
        }
    }

    /**
     * What the string says about the IPv4 address; {@link NicConfig.Other} for what Proxmox accepts and cannot use:
     * {@code manual} (the next start dies), and a gateway beside {@code dhcp} (the NIC comes up with nothing).
     */
    public NicConfig nicConfig() {
        NicConfig config = read(text);
        boolean unusable = config instanceof NicConfig.Dhcp && text.get(GATEWAY).isPresent();
        return unusable ? new NicConfig.Other(text.toString()) : config;
    }

    /** This string with only {@code ip} and {@code gw} replaced; every other token stays as it was. */
    public IpConfig with(NicConfig.Static wanted) {
        return new IpConfig(with(text, wanted));
    }

    /** The string, byte for byte as it was read where nothing was replaced. */
    @Override
    public String toString() {
        return text.toString();
    }

    /** Checks the keys {@code ip}, {@code gw}, {@code ip6}, {@code gw6} of a string (pve-common {@code PVE::JSONSchema}). */
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
        text.require(GATEWAY6, IpConfig::isIpv6, "an IPv6 address");
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

    /** The string with a fixed address, with or without gateway, in place of what it says about IPv4; all other tokens stay. */
    static PropertyString with(PropertyString text, NicConfig.Static wanted) {
        PropertyString addressed = text.with(IP, wanted.address().toString());
        return wanted.gateway().isEmpty() ? addressed.without(GATEWAY) : addressed.with(GATEWAY, wanted.gateway());
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
