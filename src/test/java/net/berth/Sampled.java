package net.berth;

/** How many of the cases that could be tried without end a run tries: a build a part, {@code -Dberth.tests=all} all of them. */
public final class Sampled {
    /** Whether this run tries all of them, as each night. */
    public static final boolean ALL = System.getProperty("berth.tests", "").equals("all");

    private Sampled() {}

    /**
     * A number of cases.
     *
     * @param property the name of the system property that sets it, if it is set
     * @param build how many a build tries
     * @param all how many are tried with {@code -Dberth.tests=all}
     */
    public static int count(String property, int build, int all) {
        return Integer.getInteger(property, ALL ? all : build);
    }
}
