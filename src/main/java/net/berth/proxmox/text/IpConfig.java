package net.berth.proxmox.text;

import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;

/**
 * A VM's {@code ipconfigN}: what the next cloud-init image says about NIC N.
 *
 * <p>Proxmox stores the string as it is typed and accepts some that its own cloud-init generator cannot use (source:
 * qemu-server {@code PVE::QemuServer::Cloudinit}); {@link #nicConfig()} tells those apart.
 */
public final class IpConfig {
    private final PropertyString text;

    private IpConfig(PropertyString text) {
        this.text = text;
    }

    /**
     * Reads an {@code ipconfigN}; the empty string is one that says nothing.
     *
     * @throws ConfigTextException when Proxmox would refuse it for an address or a gateway
     */
    public static IpConfig parse(String ipconfigN) {
        PropertyString text = PropertyString.parse(ipconfigN, "");
        AddressKeys.check(text);
        requires(text, AddressKeys.GATEWAY, AddressKeys.IP);
        requires(text, AddressKeys.GATEWAY6, AddressKeys.IP6);
        return new IpConfig(text);
    }

    private static void requires(PropertyString text, String key, String other) {
        if (text.get(key).isPresent() && text.get(other).isEmpty()) {
            throw new ConfigTextException(text.toString(), key + " needs " + other);
        }
    }

    /**
     * False for what Proxmox accepts and then cannot use: {@code manual} (the next start dies), and a gateway beside
     * {@code dhcp} or {@code auto} (the NIC comes up with nothing).
     */
    private boolean isUsable() {
        return switch (text.get(AddressKeys.IP).orElse("")) {
            case AddressKeys.MANUAL -> false;
            case AddressKeys.DHCP, AddressKeys.AUTO ->
                text.get(AddressKeys.GATEWAY).isEmpty();
            default -> true;
        };
    }

    /** What the string says about the IPv4 address; {@link NicConfig.Other} where it says what cannot be used. */
    public NicConfig nicConfig() {
        return isUsable() ? AddressKeys.read(text) : new NicConfig.Other(text.toString());
    }

    /** This string with only {@code ip} and {@code gw} replaced; every other token stays as it was. */
    public IpConfig withAddress(InterfaceAddress address, IpAddress gateway) {
        return new IpConfig(AddressKeys.withAddress(text, address, gateway));
    }

    /** The string, byte for byte as it was read where nothing was replaced. */
    @Override
    public String toString() {
        return text.toString();
    }
}
