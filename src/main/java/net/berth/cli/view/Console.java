package net.berth.cli.view;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.berth.setup.ask.Answers;

/**
 * Where a command reads and writes.
 *
 * @param err errors and progress
 * @param terminal whether a progress line may be shown: on a terminal only, where it can be deleted again
 */
public record Console(Answers in, PrintWriter out, PrintWriter err, boolean colour, boolean terminal) {

    /** Without input. */
    public Console(PrintWriter out, PrintWriter err, boolean colour) {
        this(Answers.none(), out, err, colour, false);
    }

    /** Whether to use colours: on a terminal, unless {@code NO_COLOR} is set (no-color.org). */
    public static boolean colour(boolean terminal, Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return terminal && !refused && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Whether a line may be shown on standard error and deleted again. */
    public static boolean shows(boolean terminal, Map<String, String> environment, Path stderr) {
        if (!terminal || environment.getOrDefault("TERM", "").equals("dumb")) {
            return false;
        }
        try {
            return Files.readSymbolicLink(stderr).toString().matches("/dev/(pts/\\d+|tty\\w*|console)");
        } catch (IOException | UnsupportedOperationException notLinux) {
            // Unknown; most often it is the terminal that standard output has.
            return true;
        }
    }

    /** Whether standard output is a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Java 21 returns null; later versions are asked further.
    public static boolean onTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 a console may be no terminal; Java 21 has no such method.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
