package net.berth.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Thousands of settled guests: storms of their starts, and the page in five tabs. */
final class LoadBench {
    static final int GUESTS = 5_000;
    private static final int AT_ONCE = 250;
    private static final int TABS = 5;
    private static final int ROUNDS = 10;
    private static final double PAGE_MILLIS = 100;
    private static final double P99_MILLIS = 250;
    /** What the page asks for whenever something changed. */
    private static final List<String> PARTS = List.of("/v1/guests", "/v1/conflicts", "/v1/networks", "/v1/leases");

    private final Rig rig;
    private final Table table;

    LoadBench(Rig rig, Table table) {
        this.rig = rig;
        this.table = table;
    }

    void load(Duration length) {
        Random random = new Random(1);
        Series each = new Series();
        Calls before = Calls.of(rig.house);
        long memory = 0;
        long late = 0;
        for (long began = System.nanoTime(); System.nanoTime() - began < length.toNanos(); ) {
            List<Integer> vmids = random.ints(Population.FIRST, Population.FIRST + GUESTS)
                    .distinct()
                    .limit(AT_ONCE)
                    .boxed()
                    .toList();
            late += StormBench.atOnce(rig, vmids, each);
            memory = memory == 0 ? rig.receiver().residentMegabytes() : memory;
        }
        Calls calls = Calls.of(rig.house).since(before);
        double p99 = each.percentile(99);
        String what = AT_ONCE + " starts at once among " + GUESTS + " settled, " + length.toSeconds()
                + " s, p50 and p99" + (late == 0 ? "" : ", " + late + " too late");
        table.add(new Figure(
                what,
                Figure.millis(each.median()),
                Figure.millis(p99),
                calls.each(each.size()),
                "",
                "",
                "p99 <= 250 ms",
                late == 0 && p99 <= P99_MILLIS));
        long after = rig.receiver().residentMegabytes();
        String grown = memory + " -> " + after + " MB";
        table.add(Figure.value(
                "memory meanwhile, after the first storm and the last", grown, "", "flat", after <= memory * 1.2));
    }

    void page() {
        for (String part : PARTS) {
            Series each = new Series();
            Calls before = Calls.of(rig.house);
            tabs(part, each);
            Calls calls = Calls.of(rig.house).since(before);
            boolean met = each.p95() <= PAGE_MILLIS && calls.nipap() + calls.sessions() == 0;
            String what = "page: GET " + part + " by 5 tabs at once, 5,000 guests";
            table.add(Figure.times(what, each, calls.each(each.size()), "no call, <= 100 ms", met));
        }
    }

    private void tabs(String part, Series each) {
        rig.house.api().get(part);
        for (int round = 0; round < ROUNDS; round++) {
            List<Future<Double>> asked = new ArrayList<>();
            try (ExecutorService browsers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int tab = 0; tab < TABS; tab++) {
                    asked.add(browsers.submit(
                            () -> each.time(() -> rig.house.api().get(part))));
                }
            }
            asked.forEach(Future::resultNow);
        }
    }
}
