package net.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.berth.Sampled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Events are hints: whether they come at all, twice, late or in another order, the end is the same. The guests' lives are
 * the same each time; only what the receivers are told of them differs.
 */
class EventOrderTest {
    private static final long SEEDS = Sampled.count("berth.sim.lives", 100, 200);
    /** What lets an address go, in the end: how soon it is free again depends on when it was seen. */
    private static final Set<Step.Kind> FREEING =
            Set.of(Step.Kind.DESTROY, Step.Kind.REMOVE_NIC, Step.Kind.MOVE_NIC, Step.Kind.ROLLBACK);

    /** No list shows a guest's NICs: without an event it is the next full pass that sees them. */
    private static final Set<Step.Kind> NICS = Set.of(Step.Kind.MOVE_NIC, Step.Kind.ADD_NIC, Step.Kind.REMOVE_NIC);

    private static final long RESTING = Scene.RELEASE_AFTER.toMillis() - 60_000;
    /** Three polls. */
    private static final long FOUND = 3 * Scene.POLL.toMillis();

    private static final Alarm ALARM = new Alarm();

    /** What does not itself choose an address or a name: who comes first there is the one that Berth sees first. */
    private static final Set<Step.Kind> TOLD = Set.of(
            Step.Kind.START,
            Step.Kind.STOP,
            Step.Kind.DIE,
            Step.Kind.NEW_MAC,
            Step.Kind.MIGRATE,
            Step.Kind.MIGRATE_OFFLINE,
            Step.Kind.SNAPSHOT,
            Step.Kind.ROLLBACK,
            Step.Kind.DESTROY,
            Step.Kind.FORGED_HOOK);

    /** What chooses an address or a name: who comes first has it, so each is found by a poll at least before the next. */
    private static final Set<Step.Kind> CHOOSING = Set.of(
            Step.Kind.CLONE,
            Step.Kind.RENAME,
            Step.Kind.MOVE_NIC,
            Step.Kind.ADD_NIC,
            Step.Kind.REMOVE_NIC,
            Step.Kind.RESTORE);

    @BeforeAll
    static void hushLogs() {
        ALARM.begin();
    }

    @AfterAll
    static void unhushLogs() {
        ALARM.end();
    }

    @Test
    void anyOrderLossAndDoublingOfEventsEndsInTheSameState() {
        List<String> different = Seeds.run(1, SEEDS, EventOrderTest::differs);
        assertThat(different).isEmpty();
    }

    @Test
    void theEventsAreThere() {
        long told = 0;
        Set<Step.Kind> kinds = EnumSet.noneOf(Step.Kind.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            told += lives(seed).steps().stream()
                    .filter(step -> step.kind() == Step.Kind.START)
                    .count();
            kinds.addAll(lives(seed).steps().stream().map(Step::kind).toList());
        }
        assertThat(told).isGreaterThan(20);
        assertThat(kinds).containsAll(TOLD).containsAll(CHOOSING);
    }

    private static String differs(long seed) {
        Plan plan = lives(seed);
        Simulation.Verdict first = Simulation.run(plan, new Mail(0, Mail.Manner.AS_THEY_ARE));
        if (!first.broken().isEmpty()) {
            return "seed " + seed + ": " + first.broken();
        }
        for (Mail.Manner manner : Mail.Manner.values()) {
            Simulation.Verdict other = Simulation.run(plan, new Mail(seed, manner));
            if (!other.broken().isEmpty() || !Namesakes.alike(other.end()).equals(Namesakes.alike(first.end()))) {
                return "seed " + seed + ", events " + manner + ": " + other.broken() + "\n" + first.end() + "\n"
                        + other.end();
            }
        }
        return "";
    }

    /**
     * Guests that are all there at the begin, and nothing goes wrong. Each thing is over before the next: a stop during a
     * start does nothing, and how long a start takes is the hook's matter, as is whether a clone with its parent's address
     * starts at once. No address is chosen while another becomes free.
     */
    private static Plan lives(long seed) {
        List<Step> steps = new ArrayList<>();
        long at = 60_000;
        long chosen = Step.CHAOS;
        for (Step step : Step.script(seed, 60)) {
            if (step.kind() == Step.Kind.CREATE && step.at() < 2_000) {
                steps.add(step);
            } else if (TOLD.contains(step.kind()) && at < Step.CHAOS) {
                steps.add(step.at(at));
                at += 8_000;
            } else if (CHOOSING.contains(step.kind())
                    && !step.startsAtOnce()
                    && at + FOUND + untilSeen(step) < chosen) {
                steps.add(step.at(at + FOUND));
                at += 2 * FOUND + untilSeen(step);
            }
            if (FREEING.contains(step.kind())) {
                chosen = Math.min(chosen, at + RESTING);
            }
        }
        return new Plan(seed, 1 + (int) (seed % 3), 0, Set.of(), steps, false);
    }

    private static long untilSeen(Step step) {
        return NICS.contains(step.kind()) ? Scene.RESYNC.toMillis() : 0;
    }
}
