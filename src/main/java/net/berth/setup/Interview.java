package net.berth.setup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import net.berth.security.PlainText;

/** Prints lines and asks questions at the terminal. */
public final class Interview {
    private static final int ATTEMPTS = 3;

    private final BufferedReader in;
    private final PrintWriter out;
    private final boolean silent;

    /** @param silent whether every question is answered with its proposal */
    public Interview(BufferedReader in, PrintWriter out, boolean silent) {
        this.in = in;
        this.out = out;
        this.silent = silent;
    }

    /** Prints a line; its indentation is kept. */
    public void say(String line) {
        String text = line.stripLeading();
        out.println(" ".repeat(line.length() - text.length()) + PlainText.of(text));
        out.flush();
    }

    boolean silent() {
        return silent;
    }

    /** Asks for a text, three times at most; an empty answer means the proposal. */
    String ask(String question, String proposal, String flag) {
        if (silent) {
            if (proposal.isEmpty()) {
                throw new SetupException("with --yes " + flag + " must be given: " + question);
            }
            return proposal;
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            String answer = line(question + (proposal.isEmpty() ? "" : " [" + proposal + "]") + ": ");
            if (!answer.isEmpty() || !proposal.isEmpty()) {
                return answer.isEmpty() ? proposal : answer;
            }
        }
        throw new SetupException("no answer to: " + question + " (or give " + flag + ")");
    }

    /** Whether the answer is {@code yes}; everything else means no. */
    boolean yes(String question) {
        return silent || line(question + " [yes/no]: ").equalsIgnoreCase("yes");
    }

    private String line(String prompt) {
        out.print(prompt);
        out.flush();
        try {
            String line = in.readLine();
            if (line == null) {
                throw new SetupException(
                        "there is no input to read answers from: give all values as flags, with --yes");
            }
            return line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
