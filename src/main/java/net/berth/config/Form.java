package net.berth.config;

import java.util.function.Function;

/** The form of a value, in words for the message; reading throws {@link Refused} with what was found instead. */
record Form<T>(String allowed, Function<String, T> read) {

    /** A value is not of its form. The message is what was found, in words that may be shown. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String found) {
            super(found);
        }
    }

    <R> Form<R> then(Function<T, R> next) {
        return new Form<>(allowed, read.andThen(next));
    }
}
