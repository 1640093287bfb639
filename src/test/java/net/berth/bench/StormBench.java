package net.berth.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Many new guests that start at the same moment, beside one session with all their mappings. */
final class StormBench {
    private static final int MOST_COMMITS = 3;
    private final Rig rig;
    private final Args args;
    private final Table table;
    private int next = 6_000;

    StormBench(Rig rig, Args args, Table table) {
        this.rig = rig;
        this.args = args;
        this.table = table;
    }

    void storms() {
        for (Duration commit : args.commits()) {
            for (int guests : List.of(20, 50, 100)) {
                boolean quick = guests == (commit.toSeconds() < 3 ? 20 : 100)
                        || args.commits().size() == 1;
                if (args.full() || quick) {
                    storm(guests, commit);
                }
            }
        }
        rig.house.router().faults().commitTakes(Duration.ZERO);
    }

    private void storm(int guests, Duration commit) {
        List<Integer> vmids = IntStream.range(next, next + guests).boxed().toList();
        next += guests;
        rig.house.router().faults().commitTakes(commit);
        Series floor = new Series();
        floor.time(
                () -> rig.floor.session(vmids.stream().map(Population::mapping).toList()));
        rig.house.router().faults().commitTakes(Duration.ZERO);
        rig.guests.forget(vmids);
        vmids.forEach(rig.guests::fresh);
        rig.house.router().faults().commitTakes(commit);
        Calls before = Calls.of(rig.house);
        Series wall = new Series();
        Series each = new Series();
        AtomicLong late = new AtomicLong();
        wall.time(() -> late.set(atOnce(rig, vmids, each)));
        Calls calls = Calls.of(rig.house).since(before);
        rig.awaitSettled();
        boolean met = late.get() == 0 && calls.commits() <= MOST_COMMITS && wall.median() <= 1.3 * floor.median();
        String what = "storm of " + guests + ", commit " + commit.toMillis() + " ms, all answered"
                + (late.get() == 0 ? "" : ", " + late.get() + " too late");
        String target = "3 commits, 1.3 x one session";
        table.add(Figure.beside(what, wall, calls.each(1), floor, target, met));
    }

    /**
     * All starts at the same moment.
     *
     * @param each takes how long each waits for its answer
     * @return how many were not settled within the hookscript's wait
     */
    static long atOnce(Rig rig, List<Integer> vmids, Series each) {
        AtomicLong late = new AtomicLong();
        List<Future<Double>> asked = new ArrayList<>();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            vmids.forEach(
                    vmid -> asked.add(nodes.submit(() -> each.time(() -> late.addAndGet(rig.settles(vmid) ? 0 : 1)))));
        }
        asked.forEach(Future::resultNow);
        return late.get();
    }
}
