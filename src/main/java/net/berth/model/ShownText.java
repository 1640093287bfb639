package net.berth.model;

/**
 * Text that others may have written, as it is shown: of bounded length. Control characters stay: JSON escapes them, the log and
 * the terminal have blanks for them.
 */
public enum ShownText {
    /** A name; no DNS name is longer. */
    NAME(255),
    /** A message, such as that of a conflict. */
    MESSAGE(2_000),
    /** A line of the log, or a command, which may name every guest of a cluster. */
    LINE(10_000);

    private static final String GAP = " ... ";

    private final int longest;

    ShownText(int longest) {
        this.longest = longest;
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
