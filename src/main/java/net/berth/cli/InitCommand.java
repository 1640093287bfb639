package net.berth.cli;

import java.nio.file.Path;
import net.berth.setup.Interview;
import net.berth.setup.Setup;
import net.berth.setup.SetupOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth init}. */
@Command(
        name = "init",
        description = "Create berth.yaml and its secrets: read Proxmox, NIPAP and the router, propose the networks, and"
                + " print the few commands that only root or the router's admin can run. Overwrites nothing.")
final class InitCommand extends BackendCommand {
    @Mixin
    private SetupOptions options = new SetupOptions();

    @Override
    public Integer call() {
        Interview asks = new Interview(console().in(), console().out(), options.silent());
        new Setup(options, backend().probe(), asks, config()).run();
        // Reads the new file as the receiver will, so that every mistake is printed now.
        backend().api(config());
        Path file = config().toAbsolutePath();
        asks.say("Now: berth doctor --config " + file + ", then berth plan --config " + file);
        return OK;
    }
}
