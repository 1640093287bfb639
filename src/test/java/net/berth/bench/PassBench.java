package net.berth.bench;

import java.util.Map;

/** A pass with nothing to do, and the memory that it takes. */
final class PassBench {
    private static final Map<Integer, Long> MEGABYTES = Map.of(1_000, 150L, 10_000, 260L);
    private static final long IDLE_MEGABYTES = 100;
    private final Rig rig;
    private final int guests;
    private final Table table;

    PassBench(Rig rig, int guests, Table table) {
        this.rig = rig;
        this.guests = guests;
        this.table = table;
    }

    void idleMemory() {
        memory("memory, idle, " + guests + " guests", IDLE_MEGABYTES);
    }

    void passMemory() {
        memory("memory, after passes over " + guests, MEGABYTES.getOrDefault(guests, IDLE_MEGABYTES));
    }

    private void memory(String what, long most) {
        long now = rig.receiver().residentMegabytes();
        table.add(Figure.value(what, now + " MB", "", "<= " + most + " MB", now <= most));
    }

    void pass() {
        int rounds = Math.max(3, 1_000 / guests);
        Series floor = new Series();
        Series times = new Series();
        rig.floor.pass();
        rig.house.api().post("/v1/sync");
        Calls calls = Calls.none();
        for (int i = 0; i < rounds; i++) {
            floor.time(rig.floor::pass);
            Calls before = Calls.of(rig.house);
            times.time(() -> rig.house.api().post("/v1/sync"));
            calls = calls.plus(Calls.of(rig.house).since(before));
        }
        boolean met = times.median() <= 1.3 * floor.median() && calls.commits() == 0;
        String what = "pass, nothing to do, " + guests + " guests";
        table.add(Figure.beside(what, times, calls.each(rounds), floor, "1.3 x floor", met));
    }
}
