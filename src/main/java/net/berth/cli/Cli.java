package net.berth.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import net.berth.cli.log.Journal;
import net.berth.cli.log.LogForm;
import net.berth.cli.view.Console;
import net.berth.cli.view.Terminal;
import net.berth.config.SettingsException;
import net.berth.security.PlainText;
import net.berth.setup.ask.Answers;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line; without a command it shows the usage. */
@Command(
        name = "berth",
        description = "Gives every Proxmox guest its address, once, everywhere.",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            ChangeCommand.Plan.class,
            ChangeCommand.Sync.class,
            ChangeCommand.Import.class,
            ChangeCommand.Release.class,
            SeenCommand.Guests.class,
            SeenCommand.Leases.class,
            SeenCommand.Explain.class,
            SeenCommand.Networks.class,
            WatchCommand.class,
            DoctorCommand.class,
            InitCommand.class
        },
        exitCodeOnInvalidInput = BackendCommand.FAILURE,
        exitCodeOnExecutionException = BackendCommand.FAILURE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done; for plan: nothing to do", "1:failure, or wrong usage", "2:plan: changes are pending"})
public final class Cli implements Runnable {
    final Backend backend;
    final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Cli(Backend backend, Console console) {
        this.backend = backend;
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Runs one command. The exit code: 0 done; 1 failure or wrong usage; 2 a plan has changes. */
    public static int run(Backend backend, List<String> arguments) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        boolean journal = Journal.connected();
        if (journal) {
            LogForm.useJournal();
        }
        OutputStream errors = journal ? Journal.errors(System.err) : System.err;
        PrintWriter err = new PrintWriter(new OutputStreamWriter(errors, StandardCharsets.UTF_8), true);
        boolean terminal = Console.onTerminal();
        boolean colour = Console.colour(terminal, System.getenv());
        Answers in = terminal
                ? new Terminal(Objects.requireNonNull(System.console()))
                : Answers.of(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
        return run(
                backend,
                new Console(in, out, err, colour, Console.shows(terminal, System.getenv(), Journal.STDERR)),
                arguments);
    }

    static int run(Backend backend, Console console, List<String> arguments) {
        return commands(backend, console).execute(arguments.toArray(String[]::new));
    }

    /** All commands; the manual and the shells' completions are made from them, too. */
    static CommandLine commands(Backend backend, Console console) {
        CommandLine line = new CommandLine(new Cli(backend, console));
        // The exit code 1 of other commands means yellow here.
        Objects.requireNonNull(line.getSubcommands().get("doctor"))
                .getCommandSpec()
                .exitCodeOnInvalidInput(DoctorCommand.RED);
        line.setOut(console.out());
        line.setErr(console.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, arguments) -> misused(failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof SettingsException refused) {
                refused.lines().forEach(console.err()::println);
            } else {
                console.err().println("berth: " + message(failure));
            }
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        return line;
    }

    /** Says what is wrong in a few lines; all commands only to those who named none. */
    private static int misused(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("berth: " + message(failure));
        if (command.getParent() == null
                && command.getParseResult().originalArgs().isEmpty()) {
            command.usage(err);
        } else {
            UnmatchedArgumentException.printSuggestions(failure, err);
            err.println("Usage: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String message(Exception failure) {
        String message = failure.getMessage();
        return PlainText.of(message == null ? failure.toString() : message);
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Cli.class.getPackage().getImplementationVersion();
            return new String[] {"berth " + (version == null ? "(not packaged)" : version)};
        }
    }
}
