package net.berth.proxmox.text;

import java.util.List;
import java.util.Optional;
import net.berth.model.MacAddress;

/**
 * A VM's {@code netN}: {@code virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20}. Berth reads it and never writes it.
 *
 * <p>Only what Berth reads is checked (MAC, bridge, tag): a later Proxmox may know keys and values that this
 * reader does not. Source: qemu-server {@code PVE::QemuServer::Network}, {@code $net_fmt}.
 */
public final class QemuNet {
    private static final String MODEL = "model";
    private static final String MAC = "macaddr";

    private final PropertyString text;
    private final String mac;

    private QemuNet(PropertyString text, String mac) {
        this.text = text;
        this.mac = mac;
    }

    /**
     * Reads a {@code netN} of a VM.
     *
     * @throws ConfigTextException when Proxmox would refuse it for its MAC, bridge or tag, or a MAC without a model
     */
    public static QemuNet parse(String netN) {
        PropertyString text = PropertyString.parse(netN, MODEL);
        // The alias: the model itself may be the key of the MAC. Models are not listed here; a later Proxmox has more.
        List<String> aliases = text.keys().stream()
                .filter(key -> !key.equals(MAC)
                        && text.get(key).filter(MacAddress::isMac).isPresent())
                .toList();
        boolean named = text.get(MODEL).isPresent();
        if (aliases.size() > 1 || (!aliases.isEmpty() && (named || text.get(MAC).isPresent()))) {
            throw new ConfigTextException(netN, "model or MAC stands there twice");
        }
        if (aliases.isEmpty() && !named) {
            throw new ConfigTextException(netN, "no model of a NIC with its MAC, such as virtio=BC:24:11:00:00:01");
        }
        Optional<String> mac = text.get(aliases.isEmpty() ? MAC : aliases.getFirst());
        mac.ifPresent(value -> AddressText.requireMac(netN, MAC, value));
        text.get("bridge").ifPresent(value -> AddressText.requireBridge(netN, value));
        text.get("tag").ifPresent(value -> AddressText.requireTag(netN, value));
        return new QemuNet(text, mac.orElse(""));
    }

    /** The MAC; empty when the string has none (the server invents one when such a string is PUT). */
    public Optional<MacAddress> mac() {
        return mac.isEmpty() ? Optional.empty() : Optional.of(MacAddress.parse(mac));
    }

    /** The bridge or SDN vnet; empty for user-mode NAT. */
    public Optional<String> bridge() {
        return text.get("bridge");
    }

    /** The VLAN tag, 0 when untagged. */
    public int tag() {
        return text.get("tag").map(Integer::parseInt).orElse(0);
    }

    /** The string, byte for byte as it was read. */
    @Override
    public String toString() {
        return text.toString();
    }
}
