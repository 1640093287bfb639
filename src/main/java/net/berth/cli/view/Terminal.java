package net.berth.cli.view;

import java.util.Optional;
import net.berth.setup.ask.Answers;

/** A terminal at which somebody answers. One reader for both kinds of line: another would keep what was pasted ahead. */
public record Terminal(java.io.Console console) implements Answers {
    @Override
    public Optional<String> line(String prompt) {
        return Optional.ofNullable(console.readLine("%s", prompt));
    }

    @Override
    public Optional<String> hidden(String prompt) {
        return Optional.ofNullable(console.readPassword("%s", prompt)).map(String::new);
    }
}
