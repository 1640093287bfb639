package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.berth.edgemax.ssh.RouterText;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.ConfigHost;

/**
 * The machines that the config names in other lines than mappings, host mappings and {@code host-record=}. They are found by
 * the form of the words: a MAC, an address, an option {@code KEY=VALUE} of dnsmasq with names in it.
 */
final class ConfigHosts {
    private static final Pattern MAC =
            Pattern.compile("(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:])");
    private static final Pattern OPTION = Pattern.compile("([a-z][a-z0-9-]*)=(.+)");
    private static final Pattern NAME = Pattern.compile(
            "(?=[^.]*[a-z])[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern LEASE_TIME = Pattern.compile("[0-9]+[smhdw]?|infinite|ignore");
    private static final Pattern TTL = Pattern.compile("[0-9]+");

    /** They say more of a name, or what is done with it, and no machine has it by them. {@code host-record} is a DNS name. */
    private static final Set<String> NO_MACHINE = Set.of(
            "caa-record",
            "dns-rr",
            "host-record",
            "ipset",
            "mx-host",
            "mx-target",
            "naptr-record",
            "nftset",
            "rebind-domain-ok",
            "srv-host",
            "synth-domain",
            "txt-record");

    /** Puts a MAC into a group, and gives it nothing. */
    private static final String TAG = "dhcp-mac";

    /** Their names may be short. In another option a word without a dot is hardly a name. */
    private static final Set<String> SHORT = Set.of("address", "ptr-record");

    private ConfigHosts() {}

    static List<ConfigHost> of(List<ConfigLine> lines, String domain) {
        return lines.stream()
                .map(ConfigLine::words)
                .filter(words -> !ConfigAddresses.isListed(words) && !ConfigAddresses.isRule(words))
                .map(words -> words.equals(ownName(words)) ? router(words, domain) : host(words))
                .filter(host -> host.binds()
                        || !host.names().isEmpty()
                        || !host.labels().isEmpty())
                .toList();
    }

    private static List<String> ownName(List<String> words) {
        return Nodes.under(Nodes.SYSTEM, "host-name", words.getLast());
    }

    private static ConfigHost router(List<String> words, String domain) {
        String label = words.getLast().toLowerCase(Locale.ROOT);
        List<String> names = domain.isEmpty() ? List.of() : List.of(label + "." + domain.toLowerCase(Locale.ROOT));
        return new ConfigHost(names, List.of(label), List.of(), List.of(), line(words));
    }

    private static ConfigHost host(List<String> words) {
        List<String> names = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<MacAddress> macs = new ArrayList<>();
        boolean answers = words.size() > 1 && words.subList(0, 2).equals(Nodes.DNS.subList(0, 2));
        List<IpAddress> addresses = new ArrayList<>();
        for (String word : words) {
            List<MacAddress> found = MAC.matcher(word)
                    .results()
                    .map(MatchResult::group)
                    .filter(MacAddress::isMac)
                    .map(MacAddress::parse)
                    .toList();
            Matcher option = OPTION.matcher(word.toLowerCase(Locale.ROOT));
            if (option.matches()) {
                named(option.group(1), option.group(2), names, labels);
            } else if (answers && word.indexOf('.') > 0) {
                names(Stream.of(word.toLowerCase(Locale.ROOT))).forEach(names::add);
            }
            // In one value, as of dhcp-host= or ISC's hardware; a MAC alone, as of a static ARP entry, gets nothing by
            // it.
            if (option.matches() || !found.isEmpty()) {
                boolean isTag = option.matches() && option.group(1).equals(TAG);
                macs.addAll(isTag || MacAddress.isMac(word) ? List.of() : found);
                ConfigAddresses.in(List.of(word)).forEach(each -> addresses.add(each.address()));
            }
        }
        return new ConfigHost(names, labels, macs, addresses, line(words));
    }

    private static void named(String key, String value, List<String> names, List<String> labels) {
        List<String> parts = Arrays.asList(value.split("[,/]", -1));
        switch (key) {
            case "dhcp-host" ->
                // dnsmasq cuts the name at its first dot and adds the domain of the network.
                names(parts.stream().filter(part -> !LEASE_TIME.matcher(part).matches()))
                        .map(name -> name.split("\\.", 2)[0])
                        .forEach(labels::add);
            case "cname" -> names(aliases(parts).stream()).forEach(names::add);
            default ->
                names(parts.stream())
                        .filter(name -> !NO_MACHINE.contains(key) && (name.indexOf('.') > 0 || SHORT.contains(key)))
                        .forEach(names::add);
        }
    }

    /** All but the name that they lead to, which is another line's. */
    private static List<String> aliases(List<String> parts) {
        boolean timed = parts.size() > 2 && TTL.matcher(parts.getLast()).matches();
        return parts.subList(0, Math.max(0, parts.size() - (timed ? 2 : 1)));
    }

    private static Stream<String> names(Stream<String> words) {
        // A name with a dot before it, or an asterisk and a dot, stands for itself and all names below it.
        return words.map(word -> word.strip().replaceFirst("^\\*?\\.", ""))
                .filter(word -> NAME.matcher(word).matches());
    }

    private static String line(List<String> words) {
        return RouterText.printable(String.join(" ", words));
    }
}
