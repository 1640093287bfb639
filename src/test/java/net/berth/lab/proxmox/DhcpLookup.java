package net.berth.lab.proxmox;

import java.util.Optional;

/** What the DHCP server on a guest's bridge answers; the lab plugs its router in here. */
@FunctionalInterface
public interface DhcpLookup {

    /**
     * The address that the server gives.
     *
     * @param mac lower case, as on the wire
     * @param bridge the NIC's bridge
     * @param vlan its tag, 0 when untagged
     * @return the address without prefix length; empty when no server answers
     */
    Optional<String> address(String mac, String bridge, int vlan);
}
