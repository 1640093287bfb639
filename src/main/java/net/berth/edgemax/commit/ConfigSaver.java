package net.berth.edgemax.commit;

import java.util.Optional;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.RouterText;

/** Saves the active config as the router's own command line does: as root, with the group that owns the file. */
public final class ConfigSaver {
    private final EdgeMaxSettings settings;

    public ConfigSaver(EdgeMaxSettings settings) {
        this.settings = settings;
    }

    /** The router's words when it does not save; empty when it did. */
    public Optional<String> save(RouterShell shell) {
        // -n: where sudo wants a password, it says so at once instead of asking.
        RouterShell.Said asRoot = shell.run(
                "sudo -n sg vyattacfg -c 'umask 0002; " + RouterShell.WRAPPER + " save'",
                settings.times().commit());
        if (saved(asRoot)) {
            return Optional.empty();
        }
        RouterShell.Said asUser = shell.run("\"$W\" save", settings.times().commit());
        return saved(asUser) ? Optional.empty() : Optional.of(RouterText.printable(asUser.text()));
    }

    private static boolean saved(RouterShell.Said said) {
        return said.ok() && !said.text().contains("Error saving");
    }
}
