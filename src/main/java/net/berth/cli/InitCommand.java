package net.berth.cli;

import net.berth.security.ShellWord;
import net.berth.setup.Setup;
import net.berth.setup.SetupOptions;
import net.berth.setup.ask.Interview;
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
        // The new file is read as the receiver will read it.
        new Setup(options, backend().probe(), asks, config()).run(backend()::api);
        String file = ShellWord.of(config().toAbsolutePath().toString());
        String named = config().equals(DEFAULT) ? "" : " --config " + file;
        asks.say("Now look at what is wrong and at what would change; neither changes anything:");
        asks.say("  sudo berth doctor" + named);
        asks.say("  sudo berth plan" + named);
        asks.say("Start the service; as long as mode is report, it only shows what it would do:");
        asks.say("  sudo systemctl enable --now berth");
        asks.say("If the plan is what you want, switch on:");
        asks.say("  sudo sed -i 's/^  mode: report.*/  mode: sync/' " + file + " && sudo systemctl restart berth");
        return OK;
    }
}
