package net.berth.lab.proxmox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What happens inside a guest when it boots: which address each NIC comes up with, and how often cloud-init took the
 * guest for a new instance (then it makes new SSH host keys, users and packages).
 *
 * <p>cloud-init applies the network text of its image only to a new instance; later boots keep what was applied.
 */
final class Machine {
    private final DhcpLookup dhcp;
    private String instanceId = "";
    private int instances;
    private int boots;
    private Map<Integer, String> frozen = Map.of();
    private boolean up;
    private Map<Integer, Map<String, String>> network = Map.of();
    private final Map<Integer, String> addresses = new TreeMap<>();

    Machine(DhcpLookup dhcp) {
        this.dhcp = dhcp;
    }

    /** A VM boots; without an image (no cloud-init drive) its system asks DHCP on each NIC. */
    synchronized void bootVm(Optional<CloudInit.Image> image, Map<Integer, Hardware> nics) {
        begin();
        if (image.isEmpty()) {
            nics.forEach((index, nic) -> lease(index, nic));
            return;
        }
        if (!image.get().instanceId().equals(instanceId)) {
            instanceId = image.get().instanceId();
            instances++;
            network = image.get().nics();
        }
        network.forEach((index, fields) -> {
            Hardware nic = nics.get(index);
            // The network text matches by MAC.
            if (nic != null && nic.mac().equals(fields.get(CloudInit.MAC))) {
                comeUp(index, nic, fields.getOrDefault("ip", ""));
            }
        });
    }

    /** A container boots: the host wrote its network files from the config. */
    synchronized void bootContainer(Map<Integer, Hardware> nics) {
        begin();
        nics.forEach((index, nic) -> comeUp(index, nic, nic.fields().getOrDefault("ip", "")));
    }

    /** The config of a running container's NIC changed: the host applies it inside. */
    synchronized void applyLive(Map<Integer, Hardware> nics) {
        if (up) {
            addresses.clear();
            nics.forEach((index, nic) -> comeUp(index, nic, nic.fields().getOrDefault("ip", "")));
        }
    }

    /** Its memory goes to disk. */
    synchronized void freeze() {
        frozen = new TreeMap<>(addresses);
    }

    /** It goes on where it was frozen; nothing boots. */
    synchronized void thaw() {
        up = true;
        addresses.clear();
        addresses.putAll(frozen);
    }

    /** Another machine with a copy of this one's disk, as a restore makes it. */
    synchronized Machine diskCopy() {
        Machine copy = new Machine(dhcp);
        copy.instanceId = instanceId;
        copy.network = network;
        return copy;
    }

    /** Somebody inside gives a NIC another address; it lasts until the next boot. */
    synchronized void takeAddress(int index, String address) {
        addresses.put(index, address);
    }

    /** Its disk is as another one is. */
    synchronized void takeDisk(Machine other) {
        instanceId = other.instanceId;
        network = other.network;
    }

    synchronized void powerOff() {
        up = false;
        addresses.clear();
    }

    private void begin() {
        boots++;
        up = true;
        addresses.clear();
    }

    private void comeUp(int index, Hardware nic, String ip) {
        if (ip.equals("dhcp")) {
            lease(index, nic);
        } else if (ip.contains("/")) {
            addresses.put(index, ip.substring(0, ip.indexOf('/')));
        }
    }

    private void lease(int index, Hardware nic) {
        dhcp.address(nic.mac(), nic.bridge(), nic.vlan()).ifPresent(address -> addresses.put(index, address));
    }

    synchronized MachineView view() {
        Map<String, String> byName = new TreeMap<>();
        addresses.forEach((index, address) -> byName.put("net" + index, address));
        return new MachineView(up, boots, instances, Map.copyOf(byName));
    }
}
