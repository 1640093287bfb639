package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;

/** Reads what a guest says of its interfaces: the guest agent of a VM, or the host that sees into a container. */
final class LiveReader {
    private static final Set<String> IPV4 = Set.of("ipv4", "inet");

    private LiveReader() {}

    /** The addresses in {@code data}; what is no address of Berth's family, or one that says nothing, is left out. */
    static List<LiveAddress> read(JsonNode data) {
        JsonNode interfaces = data.isArray() ? data : data.path("result");
        List<LiveAddress> found = new ArrayList<>();
        for (JsonNode each : interfaces) {
            // Containers of Proxmox VE 8 know the older word only.
            String mac =
                    each.path("hardware-address").asText(each.path("hwaddr").asText(""));
            if (MacAddress.isMac(mac)) {
                addresses(each)
                        .forEach(
                                address -> found.add(new LiveAddress(MacAddress.parse(mac), IpAddress.parse(address))));
            }
        }
        return found;
    }

    private static Set<String> addresses(JsonNode each) {
        Set<String> texts = new TreeSet<>();
        for (JsonNode ip : each.path("ip-addresses")) {
            if (IPV4.contains(ip.path("ip-address-type").asText(""))) {
                texts.add(ip.path("ip-address").asText(""));
            }
        }
        texts.add(each.path("inet").asText("").replaceFirst("/.*", ""));
        texts.removeIf(text -> !IpAddress.isAddress(text) || isOfNoNetwork(text));
        return texts;
    }

    /** What an interface gives itself while it has nothing, and the loopback's. */
    private static boolean isOfNoNetwork(String text) {
        return text.startsWith("169.254.") || text.startsWith("127.") || text.equals("0.0.0.0");
    }
}
