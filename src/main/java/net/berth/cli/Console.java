package net.berth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command reads and writes.
 *
 * @param in what a person types
 * @param out what was asked for
 * @param err what went wrong
 * @param colour whether words may be coloured
 * @param terminal whether a person sees how far something is: on a terminal only, where that can be taken away again
 */
record Console(BufferedReader in, PrintWriter out, PrintWriter err, boolean colour, boolean terminal) {

    /** Where nobody types. */
    Console(PrintWriter out, PrintWriter err, boolean colour) {
        this(new BufferedReader(Reader.nullReader()), out, err, colour, false);
    }

    /** Colour is for people: on a terminal, unless they say no (no-color.org). */
    static boolean colour(boolean terminal, Map<String, String> environment) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return terminal && !refused && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Whether a line may be shown on standard error and taken away again. */
    static boolean shows(boolean terminal, Map<String, String> environment, Path stderr) {
        if (!terminal || environment.getOrDefault("TERM", "").equals("dumb")) {
            return false;
        }
        try {
            return Files.readSymbolicLink(stderr).toString().matches("/dev/(pts/\\d+|tty\\w*|console)");
        } catch (IOException | UnsupportedOperationException notLinux) {
            // Nobody can say; most often it is the same terminal.
            return true;
        }
    }

    /** Whether standard output is a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Null is what Java 21 answers; later ones are asked further.
    static boolean onTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there may be a console that is no terminal; Java 21 has no such method.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
