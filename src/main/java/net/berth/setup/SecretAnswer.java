package net.berth.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import net.berth.config.SecretKind;
import net.berth.security.Secret;
import net.berth.setup.ask.Interview.Question;
import net.berth.setup.ask.SetupException;
import org.jspecify.annotations.Nullable;

/**
 * A secret that its system accepts, and what the system said.
 *
 * @param file where it is, or will be once everything is known
 * @param said what was read with it
 */
record SecretAnswer<T>(Path file, T said) {

    /**
     * Takes the file that a flag names, else the one that an earlier run left, else what is typed. A secret is kept only
     * after {@code use} has read something with it; a file that does not work is replaced by what is typed instead.
     *
     * @param given the flag's file; null when there is none
     * @param name the file for what is typed
     * @param use reads something with it, or throws with the reason
     */
    static <T> SecretAnswer<T> ask(
            SetupContext context,
            @Nullable Path given,
            String name,
            SecretKind kind,
            Question question,
            Function<Secret, T> use) {
        if (given != null) {
            Path file = given.toAbsolutePath();
            return new SecretAnswer<>(file, use.apply(kind.read(file)));
        }
        Path file = context.files().path(name);
        if (Files.exists(file)) {
            context.asks().say("there is " + file + " already; trying it");
            try {
                return new SecretAnswer<>(file, use.apply(kind.read(file)));
            } catch (RuntimeException wrong) {
                if (context.asks().silent()) {
                    throw new SetupException(file + " does not work: " + SetupException.reason(wrong), wrong);
                }
                context.asks().say("  it does not work: " + SetupException.reason(wrong));
            }
        }
        T said = context.asks().askHidden(question, text -> {
            Secret typed = kind.of(text);
            T answer = use.apply(typed);
            context.files().later(name, typed.reveal() + "\n");
            return answer;
        });
        return new SecretAnswer<>(file, said);
    }
}
