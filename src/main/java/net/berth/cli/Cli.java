package net.berth.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import net.berth.cli.log.Journal;
import net.berth.cli.log.JournalErrors;
import net.berth.cli.log.JournalLog;
import net.berth.cli.view.Console;
import net.berth.config.SettingsException;
import net.berth.security.PlainText;
import picocli.CommandLine;

/** The command line. */
public final class Cli {
    private Cli() {}

    /**
     * Runs one command.
     *
     * @return the exit code: 0 done; 1 failure or wrong usage; 2 a plan has changes
     */
    public static int run(Backend backend, List<String> arguments) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        boolean journal = Journal.connected();
        if (journal) {
            JournalLog.use();
        }
        OutputStream errors = journal ? new JournalErrors(System.err) : System.err;
        PrintWriter err = new PrintWriter(new OutputStreamWriter(errors, StandardCharsets.UTF_8), true);
        boolean terminal = Console.onTerminal();
        boolean colour = Console.colour(terminal, System.getenv());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
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
        CommandLine doctor = new CommandLine(new DoctorCommand(backend, console));
        // The exit code 1 of other commands means yellow here.
        doctor.getCommandSpec().exitCodeOnInvalidInput(DoctorCommand.RED);
        CommandLine line = new CommandLine(new BerthCommand())
                .addSubcommand(new ServeCommand(backend, console))
                .addSubcommand(new PlanCommand(backend, console))
                .addSubcommand(new SyncCommand(backend, console))
                .addSubcommand(new ImportCommand(backend, console))
                .addSubcommand(new ReleaseCommand(backend, console))
                .addSubcommand(new GuestsCommand(backend, console, Clock.systemUTC()))
                .addSubcommand(new LeasesCommand(backend, console, Clock.systemUTC()))
                .addSubcommand(new ExplainCommand(backend, console, Clock.systemUTC()))
                .addSubcommand(new NetworksCommand(backend, console, Clock.systemUTC()))
                .addSubcommand(new WatchCommand(backend, console))
                .addSubcommand(doctor)
                .addSubcommand(new InitCommand(backend, console));
        line.setOut(console.out());
        line.setErr(console.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
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

    private static String message(Exception failure) {
        String message = failure.getMessage();
        return PlainText.of(message == null ? failure.toString() : message);
    }
}
