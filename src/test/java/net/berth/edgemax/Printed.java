package net.berth.edgemax;

import java.util.List;
import java.util.regex.Pattern;

/** Lines of the config as the router prints them. */
public final class Printed {
    private static final Pattern BARE = Pattern.compile("[-_a-zA-Z0-9./,=@%+]+");

    private Printed() {}

    /** The line for these words. */
    public static String line(List<String> words) {
        StringBuilder text = new StringBuilder("set");
        for (String word : words) {
            text.append(' ').append(BARE.matcher(word).matches() ? word : "'" + word + "'");
        }
        return text.toString();
    }
}
