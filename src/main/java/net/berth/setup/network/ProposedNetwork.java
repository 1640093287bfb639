package net.berth.setup.network;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.model.AddressRange;
import net.berth.model.Prefix;
import net.berth.setup.ask.SetupException;

/**
 * A network for the settings.
 *
 * @param bridge the bridge of its guests; empty when unknown
 * @param vlan 0 for untagged
 * @param gateway the guests' gateway; empty when none is known
 * @param dhcp the router's shared network; empty when the router serves none
 * @param inIpam whether the prefix is an assignment in NIPAP
 * @param why how bridge and VLAN were found
 * @param exclude what no guest gets
 */
public record ProposedNetwork(
        String bridge,
        int vlan,
        Prefix prefix,
        String gateway,
        String domain,
        String dhcp,
        boolean inIpam,
        String why,
        List<AddressRange> exclude) {
    private static final Pattern NAMED = Pattern.compile("([0-9./]+)=([A-Za-z0-9_-]+)(?:\\.([0-9]{1,4}))?");

    /** A name for the settings: that of the router's shared network if there is one. */
    public String name() {
        return dhcp.isEmpty() ? "net-" + prefix.network().toString().replace('.', '-') : dhcp.toLowerCase(Locale.ROOT);
    }

    /** The networks for the settings: those that {@code --network} names, else those whose bridge was found. */
    public static List<ProposedNetwork> chosen(List<ProposedNetwork> proposed, List<String> named) {
        List<ProposedNetwork> chosen = named.isEmpty()
                ? proposed.stream().filter(one -> !one.bridge().isEmpty()).toList()
                : named.stream().map(text -> named(proposed, text)).toList();
        if (chosen.isEmpty()) {
            throw new SetupException(
                    "no prefix could be matched with a bridge; name it by --network PREFIX=BRIDGE[.VLAN]."
                            + " Prefixes known: "
                            + proposed.stream().map(ProposedNetwork::prefix).toList());
        }
        return chosen;
    }

    private static ProposedNetwork named(List<ProposedNetwork> proposed, String text) {
        Matcher parts = NAMED.matcher(text);
        if (!parts.matches()) {
            throw new SetupException(
                    "--network " + text + " is not of the form 192.168.1.0/24=vmbr0 or" + " 192.168.20.0/24=vmbr0.20");
        }
        int vlan = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        return proposed.stream()
                .filter(one -> one.prefix().toString().equals(parts.group(1)))
                .findFirst()
                .orElseThrow(() -> new SetupException(
                        "--network " + text + ": neither NIPAP nor the router has " + parts.group(1)))
                .on(parts.group(2), vlan, "named by --network");
    }

    public ProposedNetwork on(String otherBridge, int otherVlan, String reason) {
        return new ProposedNetwork(otherBridge, otherVlan, prefix, gateway, domain, dhcp, inIpam, reason, exclude);
    }

    public ProposedNetwork without(List<AddressRange> ranges) {
        return new ProposedNetwork(bridge, vlan, prefix, gateway, domain, dhcp, inIpam, why, ranges);
    }

    public String text() {
        return name() + ": " + prefix + " on " + bridge + (vlan == 0 ? "" : "." + vlan)
                + (dhcp.isEmpty() ? "" : ", DHCP " + dhcp) + " (" + why + ")";
    }
}
