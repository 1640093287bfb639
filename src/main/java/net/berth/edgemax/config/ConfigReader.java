package net.berth.edgemax.config;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.ssh.RouterFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole active config. EdgeOS has no read lock: a commit empties and refills the files while others read. So a
 * read counts only when a second one is equal to it and what must be there is there. Safe for use by several threads.
 */
public final class ConfigReader {
    // The whole tree: for a part, the program drops the words of the parents.
    private static final String SHOW = "cli-shell-api --show-active-only --show-commands --show-ignore-edit showConfig";

    /** {@code look} prints the config and keeps it; {@code unchanged} says whether it is still as kept. */
    static final String FUNCTIONS = "look(){ seen=$(" + SHOW + "); r=$?; printf '%s\\n' \"$seen\"; return $r; };"
            + " unchanged(){ now=$(" + SHOW + ") && [ \"$now\" = \"$seen\" ]; }";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigReader.class);
    private static final int AGREE = 2;
    // With the pause between them this lasts far longer than any commit leaves the files in between.
    private static final int PROVE_ABSENCE = 8;
    private static final int MOST_READS = 16;
    private final EdgeMaxSettings settings;
    // Shared networks that are known not to be on the router; losing this costs some reads, no more.
    private final Set<String> absent = ConcurrentHashMap.newKeySet();

    public ConfigReader(EdgeMaxSettings settings) {
        this.settings = settings;
    }

    /**
     * The config; an exception when no good read comes. A shared network of the settings that is not in it counts as
     * absent, not as torn away, once many reads in a row were equal and the DHCP server is there otherwise.
     */
    public ActiveConfig read(RouterShell shell) {
        String before = "";
        ActiveConfig config = ActiveConfig.parse(before);
        String fault = "";
        int agreeing = 0;
        for (int i = 0; i < MOST_READS; i++) {
            if (i >= AGREE || !fault.isEmpty()) {
                shell.pause();
            }
            String text = once(shell);
            boolean same = text.equals(before);
            if (!same) {
                config = ActiveConfig.parse(text);
                before = text;
            }
            fault = config.missing(settings.sharedNetworks())
                    .map(what -> "it lacks " + what)
                    .orElse("");
            agreeing = fault.isEmpty() && same ? agreeing + 1 : 1;
            Set<String> lost = lost(config);
            int enough = lost.isEmpty() ? AGREE : PROVE_ABSENCE;
            if (fault.isEmpty() && agreeing >= enough) {
                learn(config, lost);
                return config;
            }
        }
        throw RouterFailure.garbled("the router's config could not be read in " + MOST_READS + " tries: "
                + (fault.isEmpty() ? "no two reads were equal" : fault)
                + ". A commit that lasts, or a shared network that is in the settings but not on the router");
    }

    /** The networks that were there, or never looked for, and are not in this read. */
    private Set<String> lost(ActiveConfig config) {
        Set<String> lost = new TreeSet<>(settings.sharedNetworks());
        lost.removeAll(config.sharedNetworks());
        lost.removeAll(absent);
        return lost;
    }

    private void learn(ActiveConfig config, Set<String> lost) {
        absent.removeAll(config.sharedNetworks());
        if (absent.addAll(lost)) {
            LOG.warn("the router has no shared-network-name {}; its guests get neither mapping nor name there", lost);
        }
    }

    /** The config if it reads well right now; then it is also what the shell compares with right before a commit. */
    public Optional<ActiveConfig> glance(RouterShell shell) {
        String first = once(shell);
        ActiveConfig config = ActiveConfig.parse(first);
        boolean good = config.missing(settings.sharedNetworks()).isEmpty()
                && lost(config).isEmpty();
        return good && first.equals(once(shell)) ? Optional.of(config) : Optional.empty();
    }

    private static String once(RouterShell shell) {
        RouterShell.Said said = shell.run("look");
        // A code that is not 0 is as good as no answer, whatever came with it.
        return said.ok() ? said.text() : "";
    }
}
