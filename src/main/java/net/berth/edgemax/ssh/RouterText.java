package net.berth.edgemax.ssh;

/** Texts of the router in messages and logs. */
public final class RouterText {
    private static final int LONGEST = 600;

    private RouterText() {}

    /** One line of bearable length, without characters that steer a terminal or turn the reading direction. */
    public static String printable(String text) {
        String line = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " | ").replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
