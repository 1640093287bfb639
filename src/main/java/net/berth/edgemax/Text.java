package net.berth.edgemax;

/** Texts of the router in messages and logs. */
final class Text {
    private static final int LONGEST = 600;

    private Text() {}

    /** One line without control characters, of bearable length. */
    static String printable(String text) {
        String line = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " | ").replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
