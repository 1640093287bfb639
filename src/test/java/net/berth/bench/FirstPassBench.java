package net.berth.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The first pass over new guests: rows, router, configs. The floor is measured in another house of that size. */
final class FirstPassBench {
    private final Table table;

    FirstPassBench(Table table) {
        this.table = table;
    }

    void firstPass(int guests, double mostSeconds) {
        List<Integer> vmids = IntStream.range(Population.FIRST, Population.FIRST + guests)
                .boxed()
                .toList();
        Series floor = new Series();
        try (Rig rig = fresh(vmids)) {
            floor.time(() -> rig.floor.firstPass(
                    vmids.stream().map(Population::row).toList(),
                    vmids.stream().map(Population::mapping).toList(),
                    vmids.stream().map(Population::write).toList()));
        }
        Series times = new Series();
        Calls calls;
        try (Rig rig = fresh(vmids)) {
            AtomicLong first = new AtomicLong();
            rig.house.pve().faults().onDone(call -> first.compareAndSet(0, System.nanoTime()));
            rig.begin();
            times.add((System.nanoTime() - first.get()) / 1e6);
            calls = Calls.of(rig.house);
            rig.awaitSettled();
        }
        boolean met =
                calls.commits() == 1 && times.median() <= 1.3 * floor.median() && times.median() <= mostSeconds * 1000;
        String target = "1 commit, 1.3 x floor" + (mostSeconds < 60 ? "" : ", < " + (int) mostSeconds + " s");
        String what = "first pass over " + guests + " new guests";
        table.add(Figure.beside(what, times, calls.each(1), floor, target, met));
    }

    private static Rig fresh(List<Integer> vmids) {
        Rig rig = Rig.settled(0, Duration.ofMinutes(5));
        new ArrayList<>(vmids).forEach(rig.guests::fresh);
        return rig;
    }
}
