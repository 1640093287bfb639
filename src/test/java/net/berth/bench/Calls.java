package net.berth.bench;

import java.util.Locale;
import net.berth.lab.LabHouse;

/** What the three systems were asked, as counted at the wire. */
record Calls(int proxmox, int nipap, int sessions, int commits) {

    /** Since the house was opened. */
    static Calls of(LabHouse house) {
        int nipap = house.nipap().calls().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return new Calls(
                house.pve().calls().size(),
                nipap,
                house.router().counters().execs(),
                house.router().counters().commits());
    }

    Calls since(Calls before) {
        return new Calls(
                proxmox - before.proxmox, nipap - before.nipap, sessions - before.sessions, commits - before.commits);
    }

    Calls plus(Calls more) {
        return new Calls(proxmox + more.proxmox, nipap + more.nipap, sessions + more.sessions, commits + more.commits);
    }

    static Calls none() {
        return new Calls(0, 0, 0, 0);
    }

    /** For each of so many times: Proxmox, NIPAP, shells on the router, commits. */
    String each(int times) {
        return one(proxmox, times) + " " + one(nipap, times) + " " + one(sessions, times) + " " + one(commits, times);
    }

    private static String one(int calls, int times) {
        String text = String.format(Locale.ROOT, "%.1f", (double) calls / times);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
