package net.berth.lab;

import java.util.Map;

/**
 * Guests of a house as its owner makes them: on the LAN's bridge, asking for their address, with the hookscript.
 *
 * @param house where they are made
 */
record LabGuests(LabHouse house) {
    /** How a VM with cloud-init is set up. */
    Map<String, String> vmConfig(int vmid, String name) {
        return Map.of(
                "name",
                name,
                "net0",
                "virtio,bridge=vmbr0",
                "ide2",
                "local:vm-" + vmid + "-cloudinit,media=cdrom",
                "ipconfig0",
                "ip=dhcp",
                "hookscript",
                house.hook());
    }

    void vm(int vmid, String name) {
        house.pve().createVm(vmid, "pve1", vmConfig(vmid, name));
    }

    void template(int vmid, String name) {
        vm(vmid, name);
        LabLives.succeeded(house.pve().makeTemplate(vmid));
    }

    void container(int vmid, String name) {
        container(vmid, name, "pve1");
    }

    void container(int vmid, String name, String node) {
        house.pve()
                .createContainer(
                        vmid,
                        node,
                        Map.of("hostname", name, "net0", "name=eth0,bridge=vmbr0,ip=dhcp", "hookscript", house.hook()));
    }
}
