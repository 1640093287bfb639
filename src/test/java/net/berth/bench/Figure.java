package net.berth.bench;

import java.util.Locale;

/**
 * One row of the table.
 *
 * @param what what was measured
 * @param median with its unit
 * @param p95 likewise; empty where there is one value only
 * @param calls how often Proxmox, NIPAP and the router were asked each time, and commits
 * @param floor the median of the calls that cannot be avoided; empty where there is none
 * @param ratio median by floor
 * @param target what is wanted
 * @param met whether it is so
 */
record Figure(
        String what, String median, String p95, String calls, String floor, String ratio, String target, boolean met) {

    /** Times beside the times of the unavoidable calls. */
    static Figure beside(String what, Series times, String calls, Series floor, String target, boolean met) {
        return new Figure(
                what,
                millis(times.median()),
                millis(times.p95()),
                calls,
                millis(floor.median()),
                String.format(Locale.ROOT, "%.2f", times.median() / floor.median()),
                target,
                met);
    }

    /** Times for which there is no floor. */
    static Figure times(String what, Series times, String calls, String target, boolean met) {
        return new Figure(what, millis(times.median()), millis(times.p95()), calls, "", "", target, met);
    }

    /** One value that is no time. */
    static Figure value(String what, String value, String calls, String target, boolean met) {
        return new Figure(what, value, "", calls, "", "", target, met);
    }

    static String millis(double millis) {
        return millis < 100
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : millis < 10_000
                        ? String.format(Locale.ROOT, "%.0f ms", millis)
                        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
