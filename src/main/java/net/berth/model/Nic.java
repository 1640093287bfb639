package net.berth.model;

/**
 * One NIC of a guest, as Proxmox's config has it.
 *
 * @param id which NIC
 * @param mac its MAC address
 * @param bridge the bridge; empty when it has none
 * @param vlan the VLAN tag; 0 when untagged
 * @param config what the guest's config says about its address
 */
public record Nic(NicId id, MacAddress mac, String bridge, int vlan, NicConfig config) {}
