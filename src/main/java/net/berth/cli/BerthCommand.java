package net.berth.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth} without a command: shows the usage. */
@Command(
        name = "berth",
        description = "Gives every Proxmox guest its address, once, everywhere.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnInvalidInput = BackendCommand.FAILURE,
        exitCodeOnExecutionException = BackendCommand.FAILURE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done; for plan: nothing to do", "1:failure, or wrong usage", "2:plan: changes are pending"})
final class BerthCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = BerthCommand.class.getPackage().getImplementationVersion();
            return new String[] {"berth " + (version == null ? "(not packaged)" : version)};
        }
    }
}
