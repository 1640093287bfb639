package net.berth.model;

import java.util.regex.Pattern;

/** Text that others may have written, as it is shown: on one line and of bounded length. */
public enum ShownText {
    /** A name; no DNS name is longer. */
    NAME(255),
    /** A message, such as that of a conflict. */
    MESSAGE(2_000),
    /** A line of the log, or a command, which may name every guest of a cluster. */
    LINE(10_000);

    private static final String GAP = " ... ";
    private static final Pattern STEERING = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

    private final int longest;

    ShownText(int longest) {
        this.longest = longest;
    }

    /** The text, bounded, with a blank for control and format characters. */
    public String of(String text) {
        return STEERING.matcher(cut(text)).replaceAll(" ");
    }

    /** The text; of one that is longer, its beginning and its end. */
    public String cut(String text) {
        if (text.length() <= longest) {
            return text;
        }
        int end = (longest - GAP.length()) / 3;
        int begin = longest - GAP.length() - end;
        return text.substring(0, begin) + GAP + text.substring(text.length() - end);
    }
}
