package net.berth.proxmox.text;

import java.util.Optional;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;

/** The keys {@code ip}, {@code gw}, {@code ip6}, {@code gw6}, which VMs and containers have in common. */
final class AddressKeys {
    static final String IP = "ip";
    static final String GATEWAY = "gw";
    static final String IP6 = "ip6";
    static final String GATEWAY6 = "gw6";
    static final String DHCP = "dhcp";
    static final String MANUAL = "manual";
    static final String AUTO = "auto";

    private AddressKeys() {}

    static void check(String whole, PropertyString text) {
        text.get(IP)
                .ifPresent(value -> AddressText.require(
                        value.equals(DHCP) || value.equals(MANUAL) || AddressText.isIpv4Cidr(value),
                        whole,
                        IP,
                        value,
                        "dhcp, manual or an IPv4 address with its prefix length"));
        text.get(GATEWAY)
                .ifPresent(value ->
                        AddressText.require(AddressText.isIpv4(value), whole, GATEWAY, value, "an IPv4 address"));
        text.get(IP6)
                .ifPresent(value -> AddressText.require(
                        value.equals(DHCP)
                                || value.equals(MANUAL)
                                || value.equals(AUTO)
                                || AddressText.isIpv6Cidr(value),
                        whole,
                        IP6,
                        value,
                        "dhcp, auto, manual or an IPv6 address with its prefix length"));
        text.get(GATEWAY6)
                .ifPresent(value ->
                        AddressText.require(AddressText.isIpv6(value), whole, GATEWAY6, value, "an IPv6 address"));
    }

    /** What the string says about the IPv4 address; a gateway beside DHCP is left to the caller's rules. */
    static NicConfig read(PropertyString text) {
        Optional<String> ip = text.get(IP);
        if (ip.isEmpty()) {
            return new NicConfig.None();
        }
        if (ip.get().equals(DHCP)) {
            return new NicConfig.Dhcp();
        }
        return ip.get().equals(MANUAL)
                ? new NicConfig.Other(text.toString())
                : new NicConfig.Static(
                        AddressText.interfaceAddress(ip.get()),
                        text.get(GATEWAY).orElse(""));
    }

    /** The string with a fixed address and gateway in place of what it says about IPv4; all other tokens stay. */
    static PropertyString withAddress(PropertyString text, InterfaceAddress address, IpAddress gateway) {
        return text.with(IP, address.toString()).with(GATEWAY, gateway.toString());
    }
}
