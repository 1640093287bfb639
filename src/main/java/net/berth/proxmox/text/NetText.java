package net.berth.proxmox.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;

/**
 * A guest's {@code netN}: {@code virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20} of a VM, or
 * {@code name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=dhcp,type=veth} of a container.
 *
 * <p>Only what Berth reads is checked: a later Proxmox may know keys and values that this reader does not. Sources:
 * qemu-server {@code PVE::QemuServer::Network}, {@code $net_fmt}; pve-container {@code PVE::LXC::Config},
 * {@code $netconf_desc}.
 */
public final class NetText {
    private static final Pattern BRIDGE = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern NAME = Pattern.compile("[-_.\\w]+");
    private static final Pattern TAG = Pattern.compile("[0-9]{1,9}");
    // pve-common PVE::JSONSchema::parse_boolean
    private static final Pattern TRUE = Pattern.compile("1|on|yes|true", Pattern.CASE_INSENSITIVE);
    private static final String MODEL = "model";
    private static final String MAC = "macaddr";

    private final PropertyString text;
    private final String macKey;

    private NetText(PropertyString text, String macKey) {
        this.text = text;
        this.macKey = macKey;
    }

    /** Of a VM; throws {@link ConfigTextException} for a bad MAC, bridge or tag, or a MAC without a model. */
    public static NetText ofVm(String netN) {
        PropertyString text = PropertyString.parse(netN, MODEL);
        // The alias: the model itself may be the key of the MAC. Models are not listed here; a later Proxmox has more.
        List<String> aliases = text.keys().stream()
                .filter(key -> !key.equals(MAC)
                        && text.get(key).filter(MacAddress::isMac).isPresent())
                .toList();
        boolean named = text.get(MODEL).isPresent();
        if (aliases.size() > 1 || (!aliases.isEmpty() && (named || text.get(MAC).isPresent()))) {
            throw new ConfigTextException(netN, "it has a model or a MAC twice");
        }
        if (aliases.isEmpty() && !named) {
            throw new ConfigTextException(netN, "no model of a NIC with its MAC, such as virtio=BC:24:11:00:00:01");
        }
        return checked(text, aliases.isEmpty() ? MAC : aliases.getFirst());
    }

    /** Of a container; throws {@link ConfigTextException} where Proxmox would, and for the empty string: no NIC. */
    public static NetText ofContainer(String netN) {
        PropertyString text = PropertyString.parse(netN, "");
        if (text.get("name").isEmpty()) {
            throw new ConfigTextException(netN, "the NIC has no name=");
        }
        text.require("name", NAME.asMatchPredicate(), "an interface name");
        IpConfig.check(text);
        return checked(text, "hwaddr");
    }

    private static NetText checked(PropertyString text, String macKey) {
        text.require(macKey, MacAddress::isMac, "a unicast MAC address such as BC:24:11:00:00:01");
        text.require("bridge", BRIDGE.asMatchPredicate(), "a bridge name");
        text.require("tag", NetText::isTag, "a VLAN tag, 1 to 4094");
        return new NetText(text, macKey);
    }

    private static boolean isTag(String value) {
        return TAG.matcher(value).matches() && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= 4094;
    }

    /** The MAC; empty when the string has none (the server invents one when such a string is PUT). */
    public Optional<MacAddress> mac() {
        return text.get(macKey).map(MacAddress::parse);
    }

    /** The bridge or SDN vnet; empty for user-mode NAT. */
    public Optional<String> bridge() {
        return text.get("bridge");
    }

    /** The VLAN tag, 0 when untagged. */
    public int tag() {
        return text.get("tag").map(Integer::parseInt).orElse(0);
    }

    /** Whether the link is down, as if the cable were not plugged in. */
    public boolean unplugged() {
        return text.get("link_down").filter(TRUE.asMatchPredicate()).isPresent();
    }

    /** What a container's string says about the IPv4 address. A gateway beside {@code dhcp} does no harm there. */
    public NicConfig nicConfig() {
        return IpConfig.read(text);
    }

    /**
     * A container's string with only {@code ip} and {@code gw} replaced. Every other token stays as it was, the MAC in its
     * very case: Proxmox re-plugs the NIC of a running container when only the case differs.
     */
    public NetText with(NicConfig.Static wanted) {
        return new NetText(IpConfig.with(text, wanted), macKey);
    }

    /** The string, byte for byte as it was read where nothing was replaced. */
    @Override
    public String toString() {
        return text.toString();
    }
}
