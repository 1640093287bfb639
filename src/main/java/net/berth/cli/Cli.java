package net.berth.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;

/** The command line. */
public final class Cli {
    private Cli() {}

    /**
     * Runs one command.
     *
     * @return the exit code: 0 done; 1 failure or wrong usage; 2 a plan has changes
     */
    public static int run(House house, List<String> arguments) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        boolean journal = Journal.connected();
        if (journal) {
            JournalLog.use();
        }
        OutputStream errors = journal ? new ErrorLines(System.err) : System.err;
        PrintWriter err = new PrintWriter(new OutputStreamWriter(errors, StandardCharsets.UTF_8), true);
        boolean terminal = Console.onTerminal();
        boolean colour = Console.colour(terminal, System.getenv());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return run(
                house,
                new Console(in, out, err, colour, Console.shows(terminal, System.getenv(), Journal.STDERR)),
                arguments);
    }

    static int run(House house, Console console, List<String> arguments) {
        return commands(house, console).execute(arguments.toArray(String[]::new));
    }

    /** All commands; also what the manual and the shells' completion are made of. */
    static CommandLine commands(House house, Console console) {
        CommandLine line = new CommandLine(new BerthCommand())
                .addSubcommand(new ServeCommand(house, console))
                .addSubcommand(new PlanCommand(house, console))
                .addSubcommand(new SyncCommand(house, console))
                .addSubcommand(new ImportCommand(house, console))
                .addSubcommand(new ReleaseCommand(house, console))
                .addSubcommand(new GuestsCommand(house, console, Clock.systemUTC()))
                .addSubcommand(new LeasesCommand(house, console, Clock.systemUTC()))
                .addSubcommand(new ExplainCommand(house, console, Clock.systemUTC()))
                .addSubcommand(new NetworksCommand(house, console, Clock.systemUTC()))
                .addSubcommand(new WatchCommand(house, console))
                .addSubcommand(new DoctorCommand(house, console))
                .addSubcommand(new InitCommand(house, console));
        line.setOut(console.out());
        line.setErr(console.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof SettingsRefused refused) {
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
        return Json.clean(message == null ? failure.toString() : message);
    }
}
