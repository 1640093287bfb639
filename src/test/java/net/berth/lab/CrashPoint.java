package net.berth.lab;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.lab.proxmox.ApiRequest;

/**
 * Kills the receiver when one of the systems has carried out a call and has not answered it yet. Whatever a crash
 * between two calls leaves behind is what a crash after the former leaves, so these are all the places there are.
 */
final class CrashPoint {
    /** What comes after a change comes sooner: the pause of a guest that is locked, the poll. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    private static final Pattern GUEST = Pattern.compile("/(?:qemu|lxc)/(\\d+)/");

    private final LabHouse house;
    private final Predicate<String> changes;
    private final Predicate<String> counts;
    private long lastChange = System.nanoTime();
    private int left;
    private int guest;
    private String killedAt = "";

    CrashPoint(LabHouse house, Predicate<String> changes, Predicate<String> counts) {
        this.house = house;
        this.changes = changes;
        this.counts = counts;
        house.pve().faults().onDone(call -> done(describe(call)));
        house.nipap().hooks().onDone(method -> done("NIPAP " + method));
        house.router().faults().onDone(words -> done("router " + words));
    }

    private static String describe(ApiRequest call) {
        return "Proxmox " + call;
    }

    /** Kills it after this many more calls, from 1, that are not about another guest than this one. */
    synchronized void arm(int calls, int vmid) {
        left = calls;
        guest = vmid;
        killedAt = "";
    }

    /** After which call it was killed; empty when it lives. Kills no more. */
    synchronized String disarm() {
        left = 0;
        return killedAt;
    }

    synchronized boolean killed() {
        return !killedAt.isEmpty();
    }

    /** Nothing was changed for a while. */
    synchronized boolean isQuiet() {
        return System.nanoTime() - lastChange > QUIET.toNanos();
    }

    private synchronized void done(String call) {
        if (changes.test(call)) {
            lastChange = System.nanoTime();
        }
        if (left > 0 && counts.test(call) && !isAboutAnother(call) && --left == 0) {
            house.killReceiver();
            killedAt = call;
        }
    }

    /** The looks at the guests of earlier kills become more and more, and a life would have no end. */
    private boolean isAboutAnother(String call) {
        Matcher named = GUEST.matcher(call);
        return named.find() && Integer.parseInt(named.group(1)) != guest;
    }
}
