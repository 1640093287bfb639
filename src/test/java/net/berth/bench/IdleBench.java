package net.berth.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** What the receiver costs while nothing happens: it only polls. */
final class IdleBench {
    static final Duration POLL = Duration.ofSeconds(10);
    private static final double MOST_PERCENT = 0.3;
    private static final double MOST_CALLS = 4;

    private IdleBench() {}

    static void measure(Rig rig, Args args, Table table) {
        int polls = args.full() ? 12 : 3;
        // What Java compiles after a start belongs to the start.
        LockSupport.parkNanos(POLL.multipliedBy(2).toNanos());
        Calls before = Calls.of(rig.house);
        Duration worked = rig.receiver().cpu();
        LockSupport.parkNanos(POLL.multipliedBy(polls).toNanos());
        Duration cpu = rig.receiver().cpu().minus(worked);
        Calls calls = Calls.of(rig.house).since(before);
        double percent = 100.0 * cpu.toNanos() / POLL.multipliedBy(polls).toNanos();
        boolean met = percent <= MOST_PERCENT && calls.proxmox() <= MOST_CALLS * polls && calls.nipap() == 0;
        table.add(Figure.value(
                "idle, 100 guests, poll 10 s: of one core; calls a poll",
                String.format(Locale.ROOT, "%.2f %%", percent),
                calls.each(polls),
                "<= 0.3 %, <= 4 calls a poll",
                met));
    }
}
