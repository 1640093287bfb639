package net.berth.setup.ask;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;
import net.berth.security.PlainText;

/** Prints lines and asks questions at the terminal. Each answer is checked when it is given. */
public final class Interview {
    /** How often a question is asked. */
    public static final int ATTEMPTS = 3;

    /**
     * A question.
     *
     * @param text what is asked
     * @param example an answer that would be right
     * @param flag the flag that answers it
     * @param proposal what an empty answer means; empty when there is none
     */
    public record Question(String text, String example, String flag, String proposal) {
        /** Without a proposal. */
        public Question(String text, String example, String flag) {
            this(text, example, flag, "");
        }

        private String prompt() {
            return text + (example.isEmpty() ? "" : ", such as " + example)
                    + (proposal.isEmpty() ? "" : " [" + proposal + "]") + ": ";
        }
    }

    private final Answers answers;
    private final PrintWriter out;
    private final boolean silent;

    /** @param silent whether every question is answered with its proposal */
    public Interview(Answers answers, PrintWriter out, boolean silent) {
        this.answers = answers;
        this.out = out;
        this.silent = silent;
    }

    /** Prints a line; its indentation is kept. */
    public void say(String line) {
        String text = line.stripLeading();
        out.println(" ".repeat(line.length() - text.length()) + PlainText.of(text));
        out.flush();
    }

    public boolean silent() {
        return silent;
    }

    /**
     * Asks for a text, three times at most.
     *
     * @param given the flag's value, which is tried first; empty when there is none
     * @param check answers the value, or throws with what is wrong, which is said
     */
    public <T> T ask(Question question, String given, Function<String, T> check) {
        if (silent) {
            return check.apply(known(question, given.isEmpty() ? question.proposal() : given));
        }
        if (!given.isEmpty()) {
            Optional<T> right = right(given, check);
            if (right.isPresent()) {
                return right.get();
            }
        }
        return asked(question, check, false);
    }

    /** As {@link #ask}; what is typed is not shown. */
    public <T> T askHidden(Question question, Function<String, T> check) {
        return silent ? check.apply(known(question, "")) : asked(question, check, true);
    }

    /** Whether the answer is yes; an answer that is neither yes nor no is asked again, and means no in the end. */
    public boolean yes(String question) {
        for (int i = 0; !silent && i < ATTEMPTS; i++) {
            String answer = next(question + " [yes/no]: ", false);
            if (answer.matches("(?i)y|yes")) {
                return true;
            }
            if (answer.matches("(?i)n|no")) {
                return false;
            }
        }
        return silent;
    }

    /** Whether the answer to a proposal is yes; an empty answer and no input of use accept it. */
    public boolean accepts(String proposal) {
        for (int i = 0; !silent && i < ATTEMPTS; i++) {
            String answer = next(proposal + " [Y/n]: ", false);
            if (answer.matches("(?i)|y|yes")) {
                return true;
            }
            if (answer.matches("(?i)n|no")) {
                return false;
            }
        }
        return true;
    }

    private <T> T asked(Question question, Function<String, T> check, boolean hidden) {
        for (int i = 0; i < ATTEMPTS; i++) {
            String answer = next(question.prompt(), hidden);
            Optional<T> right = right(answer.isEmpty() ? question.proposal() : answer, check);
            if (right.isPresent()) {
                return right.get();
            }
        }
        throw new SetupException("no usable answer to: " + question.text() + " (or give " + question.flag() + ")");
    }

    private <T> Optional<T> right(String answer, Function<String, T> check) {
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(check.apply(answer));
        } catch (RuntimeException wrong) {
            say("  " + SetupException.reason(wrong));
            return Optional.empty();
        }
    }

    private static String known(Question question, String value) {
        if (value.isEmpty()) {
            throw new SetupException("with --yes " + question.flag() + " must be given: " + question.text());
        }
        return value;
    }

    private String next(String prompt, boolean hidden) {
        return (hidden ? answers.hidden(PlainText.of(prompt) + " ") : answers.line(PlainText.of(prompt) + " "))
                .orElseThrow(() -> new SetupException(
                        "there is no input to read answers from: give all values as flags, with --yes"))
                .strip();
    }
}
