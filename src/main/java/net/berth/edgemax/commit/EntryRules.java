package net.berth.edgemax.commit;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.berth.edgemax.config.Nodes;
import net.berth.edgemax.ssh.RouterText;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterEntry;

/** Rules for single entries: when two are equal, and what is never sent to the router although it would accept it. */
final class EntryRules {
    // More than the names of guests: a name that a human gave may be written again with one address more.
    private static final Pattern DNS_LABEL = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    // The router checks no aliases.
    private static final Pattern ALIAS_LABEL = Pattern.compile("[_a-zA-Z0-9](?:[-_a-zA-Z0-9]{0,61}[_a-zA-Z0-9])?");
    private static final Pattern WORD = Pattern.compile("[-_a-zA-Z0-9.]+");
    private static final Pattern INET = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final int LONGEST_NAME = 253;

    private EntryRules() {}

    /** Whether two entries have one place and one effect; the router keeps a MAC's case, DHCP ignores it. */
    static boolean same(RouterEntry left, RouterEntry right) {
        return switch (left) {
            case Mapping mapping -> right instanceof Mapping other && same(mapping, other);
            case DnsRecord record -> right instanceof DnsRecord other && same(record, other);
        };
    }

    private static boolean same(Mapping left, Mapping right) {
        return left.name().equals(right.name())
                && left.addressText().equals(right.addressText())
                && left.macText().equalsIgnoreCase(right.macText())
                && left.disabled() == right.disabled()
                && Nodes.of(left).equals(Nodes.of(right));
    }

    private static boolean same(DnsRecord left, DnsRecord right) {
        return left.kind() == right.kind()
                && left.name().equals(right.name())
                && Set.copyOf(left.addresses()).equals(Set.copyOf(right.addresses()))
                && Set.copyOf(left.aliases()).equals(Set.copyOf(right.aliases()));
    }

    /** Why a mapping may not be sent; empty when it may. */
    static Optional<String> fault(Mapping wanted, Optional<DhcpSubnet> subnet) {
        if (!Mapping.isName(wanted.name())) {
            return Optional.of("\"" + RouterText.printable(wanted.name()) + "\" cannot be a mapping's name");
        }
        if (!WORD.matcher(wanted.sharedNetwork()).matches()) {
            return Optional.of("Berth writes to no shared network with such a name: "
                    + RouterText.printable(wanted.sharedNetwork()));
        }
        if (wanted.address().isEmpty() || wanted.mac().isEmpty()) {
            return Optional.of("a mapping needs an address and a MAC: " + RouterText.printable(wanted.toString()));
        }
        if (subnet.isPresent() && !subnet.get().prefix().isHost(wanted.address().get())) {
            return Optional.of(wanted.addressText() + " is no host address of the subnet "
                    + subnet.get().prefix());
        }
        return Optional.empty();
    }

    /** Why a record may not be sent; empty when it may. */
    static Optional<String> fault(DnsRecord wanted) {
        if (wanted.kind() != DnsRecord.Kind.HOST_MAPPING) {
            return Optional.of("Berth writes no " + wanted.kind() + " records");
        }
        if (wanted.name().length() < 2 || !isName(wanted.name(), DNS_LABEL)) {
            return Optional.of("\"" + RouterText.printable(wanted.name()) + "\" cannot be a host name on the router");
        }
        for (String alias : wanted.aliases()) {
            if (!isName(alias, ALIAS_LABEL)) {
                return Optional.of("\"" + RouterText.printable(alias) + "\" cannot be an alias on the router");
            }
        }
        boolean addresses = !wanted.addresses().isEmpty()
                && wanted.addresses().stream()
                        .allMatch(address -> INET.matcher(address).matches());
        return addresses ? Optional.empty() : Optional.of("a record needs at least one address: " + wanted.name());
    }

    /** The name that the router itself gives to a mapping; empty when it gives none. */
    static Optional<String> nameOf(Mapping mapping, Optional<DhcpSubnet> subnet) {
        return subnet.map(DhcpSubnet::mappingDomain)
                .filter(domain -> !domain.isEmpty())
                .map(domain -> (mapping.name() + "." + domain).toLowerCase(Locale.ROOT));
    }

    private static boolean isName(String name, Pattern part) {
        return name.length() <= LONGEST_NAME
                && Stream.of(name.split("\\.", -1))
                        .allMatch(label -> part.matcher(label).matches());
    }
}
