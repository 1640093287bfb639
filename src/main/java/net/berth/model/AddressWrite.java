package net.berth.model;

import java.util.List;

/**
 * An address to write into a guest's config.
 *
 * @param nic the NIC
 * @param node the node that holds the guest
 * @param mac the NIC's MAC when this was planned; with another MAC there the write is off
 * @param planned what the NIC's config said when this was planned; with another text there the write is off
 * @param address the address with the network's prefix length
 * @param gateway the network's gateway
 * @param nameservers set too where the guest's config names none and had no fixed address before; may be empty
 * @param searchDomain likewise
 */
public record AddressWrite(
        NicId nic,
        String node,
        MacAddress mac,
        NicConfig planned,
        InterfaceAddress address,
        IpAddress gateway,
        List<IpAddress> nameservers,
        String searchDomain) {

    /** Copies the list. */
    public AddressWrite {
        nameservers = List.copyOf(nameservers);
    }
}
