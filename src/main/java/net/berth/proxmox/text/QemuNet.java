package net.berth.proxmox.text;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.berth.model.MacAddress;

/**
 * A VM's {@code netN}: {@code virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20}. Berth reads it and never writes it.
 *
 * <p>Only what Berth reads is checked (model, MAC, bridge, tag): a later Proxmox may know keys and values that this
 * reader does not. Source: qemu-server {@code PVE::QemuServer::Network}, {@code $net_fmt}.
 */
public final class QemuNet {
    private static final Set<String> MODELS = Set.of(
            "e1000",
            "e1000-82540em",
            "e1000-82544gc",
            "e1000-82545em",
            "e1000e",
            "i82551",
            "i82557b",
            "i82559er",
            "ne2k_isa",
            "ne2k_pci",
            "pcnet",
            "rtl8139",
            "virtio",
            "vmxnet3");
    private static final String MODEL = "model";
    private static final String MAC = "macaddr";

    private final PropertyString text;
    private final String model;
    private final String mac;

    private QemuNet(PropertyString text, String model, String mac) {
        this.text = text;
        this.model = model;
        this.mac = mac;
    }

    /**
     * Reads a {@code netN} of a VM.
     *
     * @throws ConfigTextException when Proxmox would refuse it for its model, MAC, bridge or tag
     */
    public static QemuNet parse(String netN) {
        PropertyString text = PropertyString.parse(netN, MODEL);
        // The alias: the model itself may be the key of the MAC.
        List<String> aliases = text.keys().stream().filter(MODELS::contains).toList();
        if (aliases.size() > 1
                || (!aliases.isEmpty()
                        && (text.get(MODEL).isPresent() || text.get(MAC).isPresent()))) {
            throw new ConfigTextException(netN, "model or MAC stands there twice");
        }
        String model = aliases.isEmpty() ? text.get(MODEL).orElse("") : aliases.getFirst();
        if (!MODELS.contains(model)) {
            throw new ConfigTextException(netN, "no known model of a NIC, such as virtio or e1000");
        }
        Optional<String> mac = aliases.isEmpty() ? text.get(MAC) : text.get(model);
        mac.ifPresent(value -> AddressText.requireMac(netN, MAC, value));
        text.get("bridge").ifPresent(value -> AddressText.requireBridge(netN, value));
        text.get("tag").ifPresent(value -> AddressText.requireTag(netN, value));
        return new QemuNet(text, model, mac.orElse(""));
    }

    /** The model of the NIC, such as {@code virtio}. */
    public String model() {
        return model;
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
