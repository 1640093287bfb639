package net.berth.model;

import java.util.List;

/**
 * An address to write into a guest's config.
 *
 * @param mac the NIC's MAC when this was planned; with another MAC there the write is off
 * @param planned what the NIC's config said when this was planned; with another text there the write is off
 * @param wanted what the NIC's config is to say: the address with the network's prefix length, and the gateway
 * @param nameservers set too where the guest's config names none; empty where it has a fixed address already
 * @param searchDomain likewise
 */
public record AddressWrite(
        NicId nic,
        String node,
        MacAddress mac,
        NicConfig planned,
        NicConfig.Static wanted,
        List<IpAddress> nameservers,
        String searchDomain) {

    /** The address with the network's prefix length. */
    public InterfaceAddress address() {
        return wanted.address();
    }
}
