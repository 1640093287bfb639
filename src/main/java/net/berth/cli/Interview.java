package net.berth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Asks a person. */
final class Interview {
    private final Console console;
    private final BufferedReader in;
    private final boolean silent;

    /** @param silent whether every question is answered with its proposal */
    Interview(Console console, BufferedReader in, boolean silent) {
        this.console = console;
        this.in = in;
        this.silent = silent;
    }

    void say(String line) {
        String text = line.stripLeading();
        // What is to be typed stands a little to the right.
        console.out().println(" ".repeat(line.length() - text.length()) + Json.clean(text));
        console.out().flush();
    }

    /** Asks until there is an answer. */
    String ask(String question, String proposal, String flag) {
        if (silent) {
            if (proposal.isEmpty()) {
                throw new CliException("with --yes " + flag + " must be given: " + question);
            }
            return proposal;
        }
        for (int i = 0; i < 3; i++) {
            String answer = line(question + (proposal.isEmpty() ? "" : " [" + proposal + "]") + ": ");
            if (!answer.isEmpty() || !proposal.isEmpty()) {
                return answer.isEmpty() ? proposal : answer;
            }
        }
        throw new CliException("no answer to: " + question + " (or give " + flag + ")");
    }

    /** Whether the answer is yes; nothing is taken for no. */
    boolean yes(String question) {
        return silent || line(question + " [yes/no]: ").equalsIgnoreCase("yes");
    }

    private String line(String prompt) {
        console.out().print(prompt);
        console.out().flush();
        try {
            String line = in.readLine();
            if (line == null) {
                throw new CliException("nobody answers: give what is asked for by flags, with --yes");
            }
            return line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
