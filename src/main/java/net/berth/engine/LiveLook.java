package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import net.berth.engine.port.Compute;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.LiveAddress;
import net.berth.plan.GuestPlan;
import net.berth.plan.guest.LiveRule;

/**
 * Shows in plans what running guests say of their own addresses. Only who looks at a guest or at all of them waits for
 * it, and never for long: a few guests are asked at once, each seldom, and who is not asked in time stays unknown. A
 * start never waits for it; there the last answer has to do.
 */
final class LiveLook {
    private static final int AT_ONCE = 4;
    private static final Duration FOR_ALL = Duration.ofSeconds(10);

    /** Whoever looks at all guests again so soon is told the same, unless it was a difference. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final Compute compute;
    private final Clock clock;
    private final ThreadFactory threads;
    private final Semaphore slots = new Semaphore(AT_ONCE, true);
    private final Map<GuestId, Answer> answers = new ConcurrentHashMap<>();

    LiveLook(Compute compute, Clock clock, ThreadFactory threads) {
        this.compute = compute;
        this.clock = clock;
        this.threads = threads;
    }

    private record Answer(Instant at, Duration uptime, List<LiveAddress> addresses) {
        /** A guest that started since may have got another address. */
        boolean isOfThisStart(Guest guest) {
            return guest.running() && guest.uptime().compareTo(uptime) >= 0;
        }
    }

    /** The plan with what the guest says now. */
    GuestPlan ask(GuestPlan plan) {
        return isAsked(plan) ? LiveRule.compare(plan, answer(plan.guest())) : plan;
    }

    /** The plan with what the guest said last; asks nobody. */
    GuestPlan remembered(GuestPlan plan) {
        Answer answer = answers.get(plan.guest().id());
        return answer != null && plan.managed() && answer.isOfThisStart(plan.guest())
                ? LiveRule.compare(plan, answer.addresses())
                : plan;
    }

    /** All guests' plans, of those that could be asked in time with what they say. */
    List<GuestPlan> askAll(List<GuestPlan> plans) {
        Set<GuestId> there = plans.stream().map(plan -> plan.guest().id()).collect(Collectors.toSet());
        answers.keySet().retainAll(there);
        Instant end = clock.instant().plus(FOR_ALL);
        return SideBySide.map(threads, plans, plan -> askUntil(plan, end));
    }

    private GuestPlan askUntil(GuestPlan plan, Instant end) {
        if (!isAsked(plan) || isKnown(plan)) {
            return remembered(plan);
        }
        slots.acquireUninterruptibly();
        try {
            return clock.instant().isBefore(end) ? ask(plan) : plan;
        } finally {
            slots.release();
        }
    }

    /** Only a running guest with a binding has something to compare. */
    private static boolean isAsked(GuestPlan plan) {
        return plan.managed()
                && plan.guest().running()
                && plan.nics().stream().anyMatch(nic -> !nic.address().isEmpty());
    }

    private boolean isKnown(GuestPlan plan) {
        Answer answer = answers.get(plan.guest().id());
        return answer != null
                && answer.isOfThisStart(plan.guest())
                && answer.at().plus(GOOD_FOR).isAfter(clock.instant())
                && LiveRule.compare(plan, answer.addresses()).conflicts().equals(plan.conflicts());
    }

    private List<LiveAddress> answer(Guest guest) {
        List<LiveAddress> live = compute.live(guest);
        answers.put(guest.id(), new Answer(clock.instant(), guest.uptime(), live));
        return live;
    }
}
