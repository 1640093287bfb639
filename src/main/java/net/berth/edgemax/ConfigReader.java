package net.berth.edgemax;

import java.util.List;
import java.util.Optional;
import net.berth.model.Lease;
import net.berth.model.Neighbour;

/**
 * Reads the whole active config. EdgeOS has no read lock: a commit empties and refills the files while others read. So a
 * read counts only when a second one says the same and what must be there is there.
 */
final class ConfigReader {
    // The whole tree: for a part, the program drops the words of the parents.
    private static final String SHOW = "cli-shell-api --show-active-only --show-commands --show-ignore-edit showConfig";
    private static final int MOST_READS = 8;
    private final EdgeMaxSettings settings;

    ConfigReader(EdgeMaxSettings settings) {
        this.settings = settings;
    }

    /** The config; an exception when no good read comes. */
    ActiveConfig read(RouterShell shell) {
        String before = "";
        String fault = "";
        for (int i = 0; i < MOST_READS; i++) {
            if (i > 1 || !fault.isEmpty()) {
                Pause.of(settings.times().pause());
            }
            String text = once(shell);
            ActiveConfig config = ActiveConfig.parse(text);
            fault = config.missing(settings.sharedNetworks())
                    .map(what -> "it lacks " + what)
                    .orElse("");
            if (fault.isEmpty() && text.equals(before)) {
                return config;
            }
            before = fault.isEmpty() ? text : "";
        }
        throw RouterFailure.garbled("the router's config could not be read in " + MOST_READS + " tries: "
                + (fault.isEmpty() ? "it was never the same twice" : fault)
                + ". A commit that lasts, or a shared network that is in the settings but not on the router");
    }

    /** The config if it reads well right now. */
    Optional<ActiveConfig> glance(RouterShell shell) {
        String first = once(shell);
        ActiveConfig config = ActiveConfig.parse(first);
        boolean good = config.missing(settings.sharedNetworks()).isEmpty();
        return good && first.equals(once(shell)) ? Optional.of(config) : Optional.empty();
    }

    private static String once(RouterShell shell) {
        RouterShell.Said said = shell.run(SHOW);
        // A code that is not 0 is as good as no answer, whatever came with it.
        return said.ok() ? said.text() : "";
    }

    /** The lease table; empty where this router cannot show it. */
    List<Lease> leases(RouterShell shell) {
        RouterShell.Said said = shell.run(settings.vyattaFolder() + "/bin/vyatta-op-cmd-wrapper show dhcp leases");
        return said.ok() ? LeaseText.parse(said.text()) : List.of();
    }

    /** The ARP table; empty where this router cannot show it. Static clients are in no lease table. */
    List<Neighbour> neighbours(RouterShell shell) {
        RouterShell.Said said = shell.run("env PATH=\"$PATH:/sbin:/usr/sbin\" ip -4 neigh");
        if (said.ok()) {
            return NeighbourText.parse(said.text());
        }
        RouterShell.Said arp = shell.run(settings.vyattaFolder() + "/bin/vyatta-op-cmd-wrapper show arp");
        return arp.ok() ? NeighbourText.parse(arp.text()) : List.of();
    }
}
