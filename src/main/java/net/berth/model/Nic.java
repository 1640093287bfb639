package net.berth.model;

/**
 * One NIC of a guest, as Proxmox's config has it.
 *
 * @param bridge the bridge; empty when it has none
 * @param vlan the VLAN tag; 0 when untagged
 * @param config what the guest's config says about its address
 * @param unplugged whether its link is down
 */
public record Nic(NicId id, MacAddress mac, String bridge, int vlan, NicConfig config, boolean unplugged) {

    /** A NIC whose link is up. */
    public Nic(NicId id, MacAddress mac, String bridge, int vlan, NicConfig config) {
        this(id, mac, bridge, vlan, config, false);
    }

    /** This NIC with something else said about its address. */
    public Nic with(NicConfig other) {
        return new Nic(id, mac, bridge, vlan, other, unplugged);
    }
}
