package net.berth.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.Map;

/**
 * Where a command reads and writes.
 *
 * @param in what a person types
 * @param out what was asked for
 * @param err what went wrong
 * @param colour whether words may be coloured
 * @param terminal whether a person sees it
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
