package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.edgemax.ssh.RouterText;
import net.berth.model.IpAddress;
import net.berth.model.router.ConfigAddress;
import org.jspecify.annotations.Nullable;

/**
 * The IPv4 addresses of machines in the config, found by the form of the words and not by a list of nodes: also within an
 * option or a description, but not a prefix such as {@code 192.168.1.0/24}, which names no machine.
 */
final class ConfigAddresses {
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![0-9.])([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?:/([0-9]{1,2}))?(?![0-9]|\\.[0-9])");
    /** A shorter prefix has addresses that no machine can have. */
    private static final int ALL_HOSTS = 31;

    private static final Set<String> RULES =
            Set.of("firewall", "port-forward", "traffic-control", "traffic-policy", "service nat");
    private static final String REVERSED = ".in-addr.arpa";
    private static final Set<String> OWN = Set.of("address", "local-address", "local-ip", "virtual-address");

    private ConfigAddresses() {}

    static List<ConfigAddress> of(List<ConfigLine> lines) {
        return lines.stream()
                .map(ConfigLine::words)
                .filter(words -> !isListed(words))
                .flatMap(words -> in(words).stream())
                .toList();
    }

    /** Whether the line is of a mapping's or a DNS name's address. */
    static boolean isListed(List<String> words) {
        return (words.contains("static-mapping") && words.contains("ip-address") && Nodes.isMapping(words))
                || (words.size() > Nodes.HOSTS.size()
                        && words.subList(0, Nodes.HOSTS.size()).equals(Nodes.HOSTS));
    }

    /** The addresses of machines in the words of one line. */
    static List<ConfigAddress> in(List<String> words) {
        List<ConfigAddress> found = new ArrayList<>();
        for (int at = 0; at < words.size(); at++) {
            Matcher matcher = ADDRESS.matcher(words.get(at));
            while (matcher.find()) {
                if (IpAddress.isAddress(matcher.group(1)) && isHost(matcher.group(1), matcher.group(2))) {
                    // What comes behind the address may be a password.
                    String line = RouterText.printable(String.join(" ", words.subList(0, at + 1)));
                    found.add(new ConfigAddress(address(matcher, words.get(at)), line, use(words, at)));
                }
            }
        }
        return found;
    }

    /** In the name of a PTR record an address is written backwards. */
    private static IpAddress address(Matcher found, String word) {
        List<String> parts = Arrays.asList(found.group(1).split("\\.", -1));
        return IpAddress.parse(
                word.startsWith(REVERSED, found.end()) ? String.join(".", parts.reversed()) : found.group(1));
    }

    private static boolean isHost(String address, @Nullable String length) {
        if (length == null || Integer.parseInt(length) >= ALL_HOSTS) {
            return true;
        }
        IpAddress parsed = IpAddress.parse(address);
        return !parsed.equals(parsed.network(Integer.parseInt(length)));
    }

    private static ConfigAddress.Use use(List<String> words, int at) {
        if (words.getFirst().equals("interfaces") && OWN.contains(words.get(at - 1))) {
            return ConfigAddress.Use.ROUTER;
        }
        return isRule(words) ? ConfigAddress.Use.RULE : ConfigAddress.Use.MACHINE;
    }

    /** Whether the line is a rule for the traffic of whatever machine it names. */
    static boolean isRule(List<String> words) {
        return RULES.contains(words.getFirst())
                || (words.size() > 1 && RULES.contains(words.getFirst() + " " + words.get(1)));
    }
}
