package net.berth.bench;

import java.time.Duration;
import java.util.List;
import net.berth.lab.LabHouse;
import net.berth.model.GuestType;

/** From a hook's request to its answer: guests that are settled, and new ones. */
final class StartBench {
    private static final int WARM = 40;
    private static final int ROUNDS = 60;
    private static final double SLACK = 2;
    private final Rig rig;
    private final Args args;
    private final Table table;
    private int next = 4_000;

    StartBench(Rig rig, Args args, Table table) {
        this.rig = rig;
        this.args = args;
        this.table = table;
    }

    void settled() {
        for (int i = 0; i < WARM; i++) {
            rig.floor.settled(Population.entry(Population.FIRST + i));
            rig.start(Population.FIRST + i);
        }
        settled("settled start, container, loopback", Population.FIRST, Double.MAX_VALUE);
        settled("settled start, VM, loopback", Population.FIRST + 1, Double.MAX_VALUE);
        rig.latency(args.proxmox(), args.nipap());
        String slow = ", +" + args.proxmox().toMillis() + "/+" + args.nipap().toMillis() + " ms";
        double most = args.proxmox().toMillis() <= 20 && args.nipap().toMillis() <= 20 ? 35 : Double.MAX_VALUE;
        settled("settled start, container" + slow, Population.FIRST, most);
        settled("settled start, VM" + slow, Population.FIRST + 1, most);
        rig.latency(Duration.ZERO, Duration.ZERO);
    }

    private void settled(String what, int first, double most) {
        Series floor = new Series();
        Series times = new Series();
        Calls calls = Calls.none();
        for (int i = 0; i < ROUNDS; i++) {
            int vmid = first + 2 * (i % 40);
            floor.time(() -> rig.floor.settled(Population.entry(vmid)));
            Calls before = Calls.of(rig.house);
            times.time(() -> rig.start(vmid));
            calls = calls.plus(Calls.of(rig.house).since(before));
        }
        boolean met = times.median() <= 1.3 * floor.median() + SLACK && times.median() < most;
        String target = "1.3 x floor + 2 ms" + (most < Double.MAX_VALUE ? ", < 35 ms" : "");
        table.add(Figure.beside(what, times, calls.each(ROUNDS), floor, target, met));
    }

    void first() {
        first("first start, container", GuestType.LXC);
        first("first start, VM", GuestType.QEMU);
    }

    private void first(String what, GuestType type) {
        int rounds = args.full() ? 20 : 6;
        LabHouse house = rig.house;
        Series floor = new Series();
        Series times = new Series();
        Calls calls = Calls.none();
        for (int i = -2; i < rounds; i++) {
            int vmid = next(type);
            rig.guests.fresh(vmid);
            Series made = i < 0 ? new Series() : floor;
            made.time(() -> rig.floor.first(Population.entry(vmid), Population.row(vmid), Population.mapping(vmid)));
            rig.guests.forget(List.of(vmid));
            Calls before = Calls.of(house);
            Series started = i < 0 ? new Series() : times;
            started.time(() -> rig.start(vmid));
            calls = i < 0 ? calls : calls.plus(Calls.of(house).since(before));
            rig.awaitSettled(vmid);
        }
        boolean met = times.median() <= 1.15 * floor.median();
        table.add(Figure.beside(what, times, calls.each(rounds), floor, "1.15 x floor", met));
    }

    private int next(GuestType type) {
        next++;
        return Population.type(next) == type ? next : next(type);
    }
}
