package net.berth.security;

import java.util.regex.Pattern;

/** Words of a command that somebody will paste into a shell, often as root. */
public final class ShellWord {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+:,./_][A-Za-z0-9@%+=:,./_-]*");

    private ShellWord() {}

    /** Whether a text can only be the name of a host; a name from another system goes into no command unless it is one. */
    public static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    /** The text as one word; in quotes where the shell would read more than text in it. */
    public static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + PlainText.of(text).replace("'", "'\\''") + "'";
    }
}
