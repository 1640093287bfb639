package net.berth.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thing that the world does. Which guest, address or receiver it concerns comes from its numbers; where there is none
 * such, nothing happens, so that any step can be left out.
 *
 * @param at when, in milliseconds from the begin
 * @param kind what
 * @param a one number
 * @param b another
 * @param c one more
 */
record Step(long at, Kind kind, int a, int b, int c) {
    /** Until then there are steps and faults. */
    static final long CHAOS = 300_000;

    private static final long BURST_EACH = 40_000;

    private static final List<Kind> CROWD = List.of(
            Kind.RENAME,
            Kind.RENAME,
            Kind.NEW_MAC,
            Kind.NEW_MAC,
            Kind.MOVE_NIC,
            Kind.START,
            Kind.START,
            Kind.STOP,
            Kind.SNAPSHOT,
            Kind.ROLLBACK,
            Kind.SYNC,
            Kind.SYNC,
            Kind.SYNC,
            Kind.DESTROY,
            Kind.MADE_ANEW,
            Kind.RESTORE,
            Kind.CLONE,
            Kind.ROW_DELETED,
            Kind.CRASH);

    private static final List<Kind> MEDDLING =
            List.of(Kind.CONFIG_BY_HAND, Kind.CONFIG_BY_HAND, Kind.ROW_EDITED, Kind.ROW_EDITED, Kind.RECORD_CHANGED);

    /** Of a clone: it is started before anybody has looked at it. */
    boolean startsAtOnce() {
        return kind == Kind.CLONE && c % 3 == 0;
    }

    /** What can happen, and how often it does beside the others. */
    enum Kind {
        CREATE(6),
        CLONE(7),
        START(16),
        STOP(8),
        DIE(2),
        RENAME(4),
        NEW_MAC(3),
        MOVE_NIC(3),
        ADD_NIC(2),
        REMOVE_NIC(2),
        MIGRATE(3),
        MIGRATE_OFFLINE(2),
        SNAPSHOT(2),
        ROLLBACK(3),
        DESTROY(6),
        MADE_ANEW(3),
        PURGE(1),
        RESTORE(3),
        BACKUP(2),
        UNHOOK(1),
        HOOK_AGAIN(2),
        NODE_DOWN(2),
        RIGHTS_LOST(1),
        FORGED_HOOK(3),
        CONFIG_BY_HAND(0),
        SYNC(2),
        CRASH(4),
        SYSTEM_DOWN(4),
        ROW_BY_HAND(3),
        ROW_FOR_GUEST(2),
        ROW_FOR_LATER(3),
        ROW_DELETED(2),
        ROW_NOTED(2),
        ROW_EDITED(0),
        MAPPING_BY_HAND(3),
        MAPPING_OF_GUEST(1),
        MAPPING_CHANGED(2),
        MAPPING_DELETED(2),
        RECORD_BY_HAND(2),
        RECORD_OF_GUEST(1),
        RECORD_CHANGED(0),
        RECORD_DELETED(2),
        ROUTER_LOCKED(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** Whether a person does it to what is not a guest. */
        boolean byHand() {
            return compareTo(ROW_BY_HAND) >= 0;
        }
    }

    /** The steps of a seed, in order of time: first some guests, then anything. */
    static List<Step> script(long seed) {
        return script(seed, 25);
    }

    /** The same with at most so many things beside the first guests. */
    static List<Step> script(long seed, int most) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        int guests = 2 + random.nextInt(4);
        for (int i = 0; i < guests; i++) {
            steps.add(step(random, random.nextInt(2000), Kind.CREATE));
        }
        int things = 5 + random.nextInt(most);
        int total = 0;
        for (Kind kind : Kind.values()) {
            total += kind.weight;
        }
        for (int i = 0; i < things; i++) {
            int chosen = random.nextInt(total);
            for (Kind kind : Kind.values()) {
                chosen -= kind.weight;
                if (chosen < 0) {
                    steps.add(step(random, 3000 + random.nextInt((int) CHAOS - 3000), kind));
                    break;
                }
            }
        }
        steps.sort(Comparator.comparingLong(Step::at));
        return steps;
    }

    /** What people write by hand into what Berth has written: rare, and so in a part of the runs only, there more than once. */
    static List<Step> meddling(long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x3C6EF372FE94F82BL);
        List<Step> steps = new ArrayList<>();
        int things = random.nextInt(3) == 0 ? 1 + random.nextInt(8) : 0;
        for (int i = 0; i < things; i++) {
            Kind kind = MEDDLING.get(random.nextInt(MEDDLING.size()));
            steps.add(step(random, 3000 + random.nextInt((int) CHAOS - 3000), kind));
        }
        return steps;
    }

    /** Few guests, and much that happens to them in a short time: what several receivers may undo of each other. */
    static List<Step> crowd(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            steps.add(step(random, random.nextInt(2000), Kind.CREATE));
        }
        for (int i = 0; i < 3; i++) {
            steps.addAll(thereAndBack(random, 10_000L + 90_000L * i + random.nextInt(20_000)));
        }
        for (int i = 0; i < 30; i++) {
            long at = 3000L + random.nextInt((int) CHAOS - 10_000);
            steps.add(step(random, at, CROWD.get(random.nextInt(CROWD.size()))).inBurst());
        }
        steps.sort(Comparator.comparingLong(Step::at));
        return steps;
    }

    /** A guest's change is tried, each start answered by another receiver, and taken back: what was true is true again. */
    private static List<Step> thereAndBack(SplittableRandom random, long at) {
        int guest = random.nextInt(1 << 20);
        int first = random.nextInt(3);
        int nic = 2 * random.nextInt(1 << 10);
        return List.of(
                new Step(at, Kind.STOP, guest, first, 0),
                new Step(at + 1_000, Kind.SNAPSHOT, guest, nic, 0),
                new Step(at + 2_000, Kind.NEW_MAC, guest, nic, 0),
                new Step(at + 3_000, Kind.START, guest, first, 0),
                new Step(at + 28_000, Kind.STOP, guest, first, 0),
                new Step(at + 29_000, Kind.ROLLBACK, guest, nic, 0),
                new Step(at + 30_000, Kind.START, guest, first + 1, 0));
    }

    /** The same at a time when much happens within seconds, and some guests change more than once. */
    Step inBurst() {
        long within = at % BURST_EACH;
        return at(at - within + within / 10);
    }

    /** The same at another time. */
    Step at(long time) {
        return new Step(time, kind, a, b, c);
    }

    private static Step step(SplittableRandom random, long at, Kind kind) {
        return new Step(at, kind, random.nextInt(1 << 20), random.nextInt(1 << 20), random.nextInt(1 << 20));
    }
}
