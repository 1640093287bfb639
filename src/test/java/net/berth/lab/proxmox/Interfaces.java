package net.berth.lab.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.lab.proxmox.LabGuest.State;
import net.berth.model.GuestType;

/** What a guest says itself about its interfaces: by its agent, or seen from the container's host. */
final class Interfaces {
    private static final String LINK_LOCAL = "fe80::be24:11ff:fe00:1";

    private Interfaces() {}

    /** {@code agent/network-get-interfaces}; without an agent in config, machine or guest it is an error. */
    static Object ofAgent(LabGuest guest, Formats formats) {
        if (guest.type != GuestType.QEMU) {
            throw ApiFailure.status(501, "no agent in containers");
        }
        if (!guest.get("agent").matches("(?:enabled=)?1(?:,.*)?")) {
            throw ApiFailure.die("No QEMU guest agent configured");
        }
        if (guest.state() == State.STOPPED) {
            throw ApiFailure.die("VM " + guest.vmid + " is not running");
        }
        if (!guest.machine.view().up()) {
            throw ApiFailure.die("QEMU guest agent is not running");
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        lines.add(loopback("ipv4", "hardware-address"));
        each(guest, formats, (name, mac, addresses) -> {
            Map<String, Object> line = new LinkedHashMap<>(Map.of("name", "ens" + name, "hardware-address", mac));
            if (!addresses.isEmpty()) {
                line.put("ip-addresses", ips(addresses, "ipv4", "ipv6"));
            }
            lines.add(line);
        });
        lines.add(Map.of(
                "name",
                "docker0",
                "hardware-address",
                "02:42:ac:11:00:01",
                "ip-addresses",
                List.of(ip("172.17.0.1", "ipv4", 16))));
        return Map.of("result", lines);
    }

    /** {@code lxc/ID/interfaces}: other words for the types, null while it is stopped. */
    static Optional<Object> ofContainer(LabGuest guest, Formats formats) {
        if (guest.type != GuestType.LXC) {
            throw ApiFailure.status(501, "no such call for VMs");
        }
        if (guest.state() == State.STOPPED) {
            return Optional.empty();
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        lines.add(loopback("inet", "hwaddr"));
        each(guest, formats, (name, mac, addresses) -> {
            Map<String, Object> line = new LinkedHashMap<>(
                    Map.of("name", "eth" + name, "hardware-address", mac, "hwaddr", mac, "inet6", LINK_LOCAL + "/64"));
            addresses.forEach(ip -> line.put("inet", ip + "/24"));
            line.put("ip-addresses", ips(addresses, "inet", "inet6"));
            lines.add(line);
        });
        return Optional.of(lines);
    }

    private interface Line {
        void add(int index, String mac, List<String> addresses);
    }

    private static void each(LabGuest guest, Formats formats, Line line) {
        Map<String, String> addresses = guest.machine.view().addresses();
        Hardware.of(guest.type, guest.config(), formats)
                .forEach((index, nic) -> line.add(
                        index,
                        nic.mac(),
                        Optional.ofNullable(addresses.get("net" + index)).stream()
                                .toList()));
    }

    /** Every interface that is up has a link-local address, too. */
    private static List<Map<String, Object>> ips(List<String> addresses, String type, String type6) {
        List<Map<String, Object>> ips = new ArrayList<>();
        addresses.forEach(ip -> ips.add(ip(ip, type, 24)));
        ips.add(ip(LINK_LOCAL, type6, 64));
        return ips;
    }

    private static Map<String, Object> loopback(String type, String macKey) {
        return Map.of("name", "lo", macKey, "00:00:00:00:00:00", "ip-addresses", List.of(ip("127.0.0.1", type, 8)));
    }

    private static Map<String, Object> ip(String address, String type, int prefix) {
        return Map.of("ip-address", address, "ip-address-type", type, "prefix", prefix);
    }
}
