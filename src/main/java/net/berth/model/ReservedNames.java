package net.berth.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names that no guest gets because it asks for them, each with the reason; all in lower case, as first labels or in full.
 *
 * @param reasons why a name is reserved
 * @param allowed names that a guest may have in spite of any reason
 */
public record ReservedNames(Map<String, String> reasons, Set<String> allowed) {
    /** Nothing from settings: only the names that have a meaning everywhere. */
    public static final ReservedNames NONE = new ReservedNames(Map.of(), Set.of());

    private static final String IPV6 = "ip6-";
    private static final Map<String, String> EVERYWHERE = Map.of(
            "localhost", "it means the machine that asks",
            "broadcasthost", "it means the broadcast address",
            "wpad", "browsers look for their proxy under it",
            "isatap", "Windows looks for its IPv6 tunnel under it");

    /** Copies the collections, in lower case. */
    public ReservedNames {
        reasons = reasons.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(each -> lower(each.getKey()), Map.Entry::getValue, (a, b) -> a));
        allowed = allowed.stream().map(ReservedNames::lower).collect(Collectors.toUnmodifiableSet());
    }

    /** These names, and those of a host that a key of the settings names: its first label and all of it. */
    public ReservedNames withHost(String key, String host) {
        if (IpAddress.isAddress(host) || host.indexOf(':') >= 0) {
            return this;
        }
        Map<String, String> all = new HashMap<>(reasons);
        for (String name : List.of(lower(host), lower(host).split("\\.", 2)[0])) {
            all.putIfAbsent(name, key + " in berth.yaml names it");
        }
        return new ReservedNames(all, allowed);
    }

    /** These names, and the nodes of the cluster. */
    public ReservedNames withNodes(Set<String> nodes) {
        Map<String, String> all = new HashMap<>(reasons);
        nodes.forEach(node -> all.putIfAbsent(lower(node), "it is the name of the Proxmox node " + node));
        return new ReservedNames(all, allowed);
    }

    /** Why a name is reserved, by its first label or in full. */
    public Optional<String> why(String label, String name) {
        String first = lower(label);
        return Optional.ofNullable(reasons.get(lower(name)))
                .or(() -> Optional.ofNullable(reasons.get(first)))
                .or(() -> Optional.ofNullable(EVERYWHERE.get(first)))
                .or(() -> first.startsWith(IPV6)
                        ? Optional.of("names that begin with " + IPV6 + " are those of /etc/hosts")
                        : Optional.empty());
    }

    /** Whether the settings allow a name, by its first label or in full. */
    public boolean isAllowed(String label, String name) {
        return allowed.contains(lower(label)) || allowed.contains(lower(name));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
