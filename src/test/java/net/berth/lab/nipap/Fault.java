package net.berth.lab.nipap;

/** A fault as nipapd answers it. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String text;

    Fault(int code, String text) {
        super(code + ": " + text);
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }

    /** NipapError and what has no code of its own. */
    static Fault general(String text) {
        return new Fault(1000, text);
    }

    static Fault input(String text) {
        return new Fault(1100, text);
    }

    static Fault missing(String text) {
        return new Fault(1110, text);
    }

    static Fault extraneous(String text) {
        return new Fault(1120, text);
    }

    static Fault value(String text) {
        return new Fault(1200, text);
    }

    static Fault nonExistent(String text) {
        return new Fault(1300, text);
    }

    /** What the database says of a value that is none of an enumeration, or no list. */
    static Fault data() {
        return general("Unhandled data error.");
    }

    static Fault query(String text) {
        return general("Unable to execute query: " + text);
    }

    static Fault databaseDown() {
        return general("Backend unable to connect to database");
    }

    static Fault deadlock() {
        return query("""
                deadlock detected
                DETAIL:  Process 4711 waits for ShareLock on transaction 815; blocked by process 4712.
                Process 4712 waits for ShareLock on transaction 816; blocked by process 4711.
                HINT:  See server log for query details.
                """);
    }

    /** Any exception that nipapd does not catch. */
    static Fault python(String type, String text) {
        return new Fault(1, "<class '" + type + "'>:" + text);
    }
}
