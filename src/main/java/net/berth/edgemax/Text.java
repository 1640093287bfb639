package net.berth.edgemax;

/** Texts of the router in messages and logs. */
final class Text {
    private static final int LONGEST = 600;

    private Text() {}

    /** One line of bearable length, without characters that steer a terminal or turn the reading direction. */
    static String printable(String text) {
        String line = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " | ").replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
