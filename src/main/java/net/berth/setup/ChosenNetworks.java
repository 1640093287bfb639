package net.berth.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The networks for the settings: those that {@code --network} names, else those whose bridge was found. */
final class ChosenNetworks {
    private static final Pattern NAMED = Pattern.compile("([0-9./]+)=([A-Za-z0-9_-]+)(?:\\.([0-9]{1,4}))?");

    private ChosenNetworks() {}

    static List<ProposedNetwork> of(List<ProposedNetwork> proposed, List<String> named) {
        List<ProposedNetwork> chosen = named.isEmpty()
                ? proposed.stream().filter(one -> !one.bridge().isEmpty()).toList()
                : named(proposed, named);
        if (chosen.isEmpty()) {
            throw new SetupException(
                    "no prefix could be matched with a bridge; name it by --network PREFIX=BRIDGE[.VLAN]."
                            + " Prefixes known: "
                            + proposed.stream()
                                    .map(one -> one.prefix().toString())
                                    .toList());
        }
        return chosen;
    }

    private static List<ProposedNetwork> named(List<ProposedNetwork> proposed, List<String> named) {
        List<ProposedNetwork> chosen = new ArrayList<>();
        for (String text : named) {
            Matcher parts = NAMED.matcher(text);
            if (!parts.matches()) {
                throw new SetupException("--network " + text + " is not of the form 192.168.1.0/24=vmbr0 or"
                        + " 192.168.20.0/24=vmbr0.20");
            }
            int vlan = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
            chosen.add(proposed.stream()
                    .filter(one -> one.prefix().toString().equals(parts.group(1)))
                    .findFirst()
                    .orElseThrow(() -> new SetupException(
                            "--network " + text + ": neither NIPAP nor the router has " + parts.group(1)))
                    .on(parts.group(2), vlan, "named by --network"));
        }
        return List.copyOf(chosen);
    }
}
