package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.model.AddressRange;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.Mapping;

/** One subnet of the DHCP server while its lines are gathered. */
final class SubnetDraft {
    private final String network;
    private final String subnet;
    private final Map<String, Map<String, String>> mappings = new LinkedHashMap<>();
    private final List<AddressRange> ranges = new ArrayList<>();
    private String domain = "";

    SubnetDraft(String network, String subnet) {
        this.network = network;
        this.subnet = subnet;
    }

    /** Takes the words of one line behind the subnet. */
    void take(List<String> words) {
        if (words.size() >= 2 && words.getFirst().equals("static-mapping")) {
            Map<String, String> leaves = mappings.computeIfAbsent(words.get(1), name -> new LinkedHashMap<>());
            if (words.size() >= 3) {
                leaves.put(words.get(2), words.size() > 3 ? words.get(3) : "");
            }
        } else if (words.size() == 2 && words.getFirst().equals("domain-name")) {
            domain = words.get(1);
        } else if (words.size() == 4
                && words.getFirst().equals("start")
                && words.get(2).equals("stop")) {
            ActiveConfig.range(words.get(1), words.get(3)).ifPresent(ranges::add);
        }
    }

    List<Mapping> mappings() {
        List<Mapping> found = new ArrayList<>();
        mappings.forEach((name, leaves) -> found.add(new Mapping(
                network,
                subnet,
                name,
                leaves.getOrDefault("ip-address", ""),
                leaves.getOrDefault("mac-address", ""),
                leaves.containsKey("disable"))));
        return found;
    }

    /** Only dnsmasq makes names from mappings, in the subnet's domain or else the system's (its script on EdgeOS 2.0). */
    Optional<DhcpSubnet> subnet(boolean dnsmasq, String systemDomain) {
        String mappingDomain = dnsmasq ? (domain.isEmpty() ? systemDomain : domain) : "";
        return ActiveConfig.prefix(subnet).map(prefix -> new DhcpSubnet(network, prefix, mappingDomain, ranges));
    }
}
