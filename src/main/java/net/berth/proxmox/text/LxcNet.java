package net.berth.proxmox.text;

import java.util.Optional;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;

/**
 * A container's {@code netN}: {@code name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=dhcp,type=veth}.
 *
 * <p>Only what Berth reads is checked, as in {@link QemuNet}. Source: pve-container {@code PVE::LXC::Config},
 * {@code $netconf_desc}.
 */
public final class LxcNet {
    private static final String HWADDR = "hwaddr";
    private final PropertyString text;

    private LxcNet(PropertyString text) {
        this.text = text;
    }

    /**
     * Reads a {@code netN} of a container.
     *
     * @throws ConfigTextException when Proxmox would refuse it for its name, MAC, bridge, tag or an address; also for
     *     the empty string, which Proxmox accepts and which is no NIC
     */
    public static LxcNet parse(String netN) {
        PropertyString text = PropertyString.parse(netN, "");
        String name = text.get("name").orElseThrow(() -> new ConfigTextException(netN, "the NIC has no name="));
        AddressText.require(name.matches("[-_.\\w]+"), netN, "name", name, "an interface name");
        text.get(HWADDR).ifPresent(value -> AddressText.requireMac(netN, HWADDR, value));
        text.get("bridge").ifPresent(value -> AddressText.requireBridge(netN, value));
        text.get("tag").ifPresent(value -> AddressText.requireTag(netN, value));
        AddressKeys.check(netN, text);
        return new LxcNet(text);
    }

    /** The MAC; empty when the string has none (the server invents one when such a string is PUT). */
    public Optional<MacAddress> mac() {
        return text.get(HWADDR).map(MacAddress::parse);
    }

    /** The bridge or SDN vnet. */
    public Optional<String> bridge() {
        return text.get("bridge");
    }

    /** The VLAN tag, 0 when untagged. */
    public int tag() {
        return text.get("tag").map(Integer::parseInt).orElse(0);
    }

    /** What the string says about the IPv4 address. A gateway beside {@code dhcp} does no harm in a container. */
    public NicConfig nicConfig() {
        return AddressKeys.read(text);
    }

    /**
     * This string with only {@code ip} and {@code gw} replaced. Every other token stays as it was, the MAC in its very
     * case: Proxmox re-plugs the NIC of a running container when only the case differs.
     */
    public LxcNet withAddress(InterfaceAddress address, IpAddress gateway) {
        return new LxcNet(AddressKeys.withAddress(text, address, gateway));
    }

    /** The string, byte for byte as it was read where nothing was replaced. */
    @Override
    public String toString() {
        return text.toString();
    }
}
