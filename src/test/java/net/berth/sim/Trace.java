package net.berth.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.berth.model.Inventory;
import net.berth.model.router.RouterView;

/** What happened, as a hash of everything, and in words when somebody wants to read it. */
final class Trace {
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private long hash = 17;

    Trace(boolean kept) {
        this.kept = kept;
    }

    void add(long time, String who, String what) {
        hash = hash * 1_000_003 + time;
        hash = hash * 31 + who.hashCode();
        // Maps print in an order that differs from one JVM to the next.
        hash = hash * 31 + what.chars().sum();
        if (kept) {
            lines.add("%9.3f  %-14s %s".formatted((time - Kernel.START) / 1000.0, who, what));
        }
    }

    /** Lists by their length: they are long. */
    static String inShort(Object answer) {
        if (answer instanceof Collection<?> items) {
            return items.size() + " items";
        }
        if (answer instanceof Inventory inventory) {
            return inventory.guests().size() + " guests" + (inventory.complete() ? "" : ", gap: " + inventory.gap());
        }
        if (answer instanceof RouterView view) {
            return view.mappings().size() + " mappings, " + view.records().size() + " records";
        }
        return String.valueOf(answer);
    }

    long hash() {
        return hash;
    }

    List<String> lines() {
        return lines;
    }
}
