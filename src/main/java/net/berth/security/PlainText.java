package net.berth.security;

import java.util.regex.Pattern;

/** Text from outside, made safe to print. */
public final class PlainText {
    /** Control and format characters, and those that break a line. */
    public static final Pattern STEERING = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

    private PlainText() {}

    /** The text on one line, without characters that control a terminal or turn the reading direction. */
    public static String of(String text) {
        return STEERING.matcher(text).replaceAll(" ").strip();
    }
}
