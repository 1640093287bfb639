package net.berth.engine.check;

import java.util.List;

/**
 * What one check found out: one line for a person.
 *
 * @param light how it stands
 * @param found what was found; never a secret
 * @param advice what to type or do, line by line; empty when there is nothing to do
 */
public record Finding(Light light, String found, List<String> advice) {

    /** Copies the advice. */
    public Finding {
        advice = List.copyOf(advice);
    }

    /** As it should be; the advice is for who wants more. */
    public static Finding green(String found, String... advice) {
        return new Finding(Light.GREEN, found, List.of(advice));
    }

    /** A person should look. */
    public static Finding yellow(String found, String... advice) {
        return new Finding(Light.YELLOW, found, List.of(advice));
    }

    /** Does not work. */
    public static Finding red(String found, String... advice) {
        return new Finding(Light.RED, found, List.of(advice));
    }
}
