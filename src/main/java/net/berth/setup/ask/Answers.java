package net.berth.setup.ask;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;

/** Where answers come from. */
public interface Answers {
    /** The next line; empty when there is none. */
    Optional<String> line(String prompt);

    /** The next line, which a terminal does not show; empty when there is none. */
    Optional<String> hidden(String prompt);

    /** Lines of an input that shows nothing by itself, such as a file. */
    static Answers of(BufferedReader in, PrintWriter out) {
        return new Answers() {
            @Override
            public Optional<String> line(String prompt) {
                out.print(prompt);
                out.flush();
                try {
                    return Optional.ofNullable(in.readLine());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public Optional<String> hidden(String prompt) {
                return line(prompt);
            }
        };
    }

    /** None at all. */
    static Answers none() {
        return of(new BufferedReader(Reader.nullReader()), new PrintWriter(Writer.nullWriter()));
    }
}
