package net.berth.lab.proxmox;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.model.GuestType;

/**
 * A NIC as the machine sees it.
 *
 * @param mac lower case
 * @param bridge its bridge
 * @param vlan its tag, 0 when untagged
 * @param fields all fields of the config string
 */
record Hardware(String mac, String bridge, int vlan, Map<String, String> fields) {
    private static final Pattern NET = Pattern.compile("net(\\d+)");

    /** The NICs of a config, by index. */
    static Map<Integer, Hardware> of(GuestType type, Map<String, String> config, Formats formats) {
        Map<Integer, Hardware> nics = new TreeMap<>();
        config.forEach((key, value) -> {
            Matcher net = NET.matcher(key);
            if (net.matches()) {
                Map<String, String> fields = type == GuestType.QEMU ? formats.qemuNet(value) : formats.lxcNet(value);
                nics.put(Integer.parseInt(net.group(1)), of(type, fields));
            }
        });
        return nics;
    }

    private static Hardware of(GuestType type, Map<String, String> fields) {
        String mac = fields.getOrDefault(type == GuestType.QEMU ? "macaddr" : "hwaddr", "");
        return new Hardware(
                mac.toLowerCase(Locale.ROOT),
                fields.getOrDefault("bridge", ""),
                Integer.parseInt(fields.getOrDefault("tag", "0")),
                fields);
    }
}
