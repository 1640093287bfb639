package net.berth.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;

/** Reads {@code networks:}, each in itself and against the others. */
final class NetworkList {
    private static final Form<String> NAME = Forms.matching(
            "[A-Za-z0-9][A-Za-z0-9._-]{0,62}", "a name of letters, digits, dots, underscores and hyphens");
    // Linux cuts names of interfaces at 15 characters.
    private static final Form<String> BRIDGE =
            Forms.matching("[A-Za-z0-9][A-Za-z0-9._-]{0,14}", "a bridge such as vmbr0, 15 characters at most");
    // The router's shell gets this name; its own check is looser.
    private static final Form<String> SHARED_NETWORK = Forms.matching(
            "[A-Za-z0-9][A-Za-z0-9._-]{0,62}", "the router's shared-network-name: letters, digits, dots, _ and -");
    private static final String POOL = "pool:";
    // NIPAP accepts any name of a pool; a blank at an end is a mistake.
    private static final Form<String> ALLOCATION = Forms.matching(
                    "lowest|" + POOL + "\\S(?:.{0,126}\\S)?", "lowest, or " + POOL + "NAME with a pool of NIPAP's")
            .then(text -> text.startsWith(POOL) ? text.substring(POOL.length()) : "");
    private static final Form<String> GATEWAY = Forms.address().then(IpAddress::toString);
    private static final int MAX_VLAN = 4094;

    private record Placed(Section section, Prefix prefix) {}

    private final List<Network> networks = new ArrayList<>();
    private final List<Placed> placed = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<String, Integer> links = new HashMap<>();

    static List<Network> read(List<Section> sections) {
        var list = new NetworkList();
        sections.forEach(list::read);
        list.refuseOverlaps();
        return list.networks;
    }

    private void read(Section section) {
        var name = section.required("name", NAME);
        var bridge = section.required("bridge", BRIDGE);
        var vlan = section.optional("vlan", 0, Forms.number(1, MAX_VLAN));
        var prefix = section.required("prefix", Forms.prefix());
        var gateway = section.optional("gateway", "", GATEWAY);
        var domain = section.required("domain", Forms.domain());
        var nameservers = section.optionalList("nameservers", Forms.address());
        var dhcp = section.optional("dhcp", "", SHARED_NETWORK);
        var exclude = section.optionalList("exclude", Forms.range());
        var allocate = section.optional("allocate", "", ALLOCATION);

        name.ifPresent(text -> once(section, "name", names, text, "a name that no other network has"));
        if (bridge.isPresent() && vlan.isPresent()) {
            var link = vlan.get() == 0 ? bridge.get() + " untagged" : bridge.get() + " with vlan " + vlan.get();
            once(section, section.has("vlan") ? "vlan" : "bridge", links, link, "one network per bridge and vlan");
        }
        prefix.ifPresent(inside -> {
            placed.add(new Placed(section, inside));
            gateway.filter(text -> !text.isEmpty())
                    .ifPresent(text -> checkGateway(section, inside, IpAddress.parse(text)));
            exclude.ifPresent(ranges -> checkExclude(section, inside, ranges));
        });
        section.build(() -> new Network(
                        name.orElseThrow(),
                        bridge.orElseThrow(),
                        vlan.orElseThrow(),
                        prefix.orElseThrow(),
                        gateway.orElseThrow(),
                        domain.orElseThrow(),
                        nameservers.orElseThrow(),
                        dhcp.orElseThrow(),
                        exclude.orElseThrow(),
                        allocate.orElseThrow()))
                .ifPresent(networks::add);
    }

    private static void once(Section section, String key, Map<String, Integer> seen, String value, String allowed) {
        var first = seen.putIfAbsent(value, section.line(key));
        if (first != null) {
            section.refuse(key, "found " + value + " again, first on line " + first, allowed);
        }
    }

    private static void checkGateway(Section section, Prefix prefix, IpAddress gateway) {
        if (!prefix.contains(gateway)) {
            section.refuse("gateway", "found " + gateway, "an address inside " + prefix);
        } else if (!prefix.isHost(gateway)) {
            var what = gateway.equals(prefix.last()) ? "broadcast" : "network";
            section.refuse("gateway", "found " + gateway + ", the " + what + " address", "a host of " + prefix);
        }
    }

    private static void checkExclude(Section section, Prefix prefix, List<AddressRange> ranges) {
        for (var range : ranges) {
            if (!prefix.contains(range.first()) || !prefix.contains(range.last())) {
                section.refuse("exclude", "found " + range, "addresses inside " + prefix);
            }
        }
    }

    /** Sorted by address, a prefix overlaps an earlier one if it begins before the farthest of them ends. */
    private void refuseOverlaps() {
        placed.sort(Comparator.comparing((Placed one) -> one.prefix().network())
                .thenComparingInt(one -> one.prefix().length()));
        Optional<Placed> farthest = Optional.empty();
        for (var one : placed) {
            if (farthest.isPresent() && farthest.get().prefix().overlaps(one.prefix())) {
                refuseOverlap(farthest.get(), one);
            } else {
                farthest = Optional.of(one);
            }
        }
    }

    private static void refuseOverlap(Placed left, Placed right) {
        var later = left.section().line("prefix") > right.section().line("prefix") ? left : right;
        var first = later.equals(left) ? right : left;
        var found = "found " + later.prefix() + ", which overlaps " + first.prefix() + " of line "
                + first.section().line("prefix");
        later.section().refuse("prefix", found, "prefixes that share no address");
    }
}
