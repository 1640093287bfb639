package net.berth.lab.edgeos;

/** What a program of the router says: its exit code and its standard output. */
record Answer(int code, String text) {
    static final Answer OK = new Answer(0, "");

    static Answer ok(String text) {
        return new Answer(0, text);
    }

    static Answer fail(String text) {
        return new Answer(1, text);
    }
}
