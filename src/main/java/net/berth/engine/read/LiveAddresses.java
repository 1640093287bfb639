package net.berth.engine.read;

import net.berth.engine.port.Compute;
import net.berth.engine.report.Seen;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.LiveAnswer;
import net.berth.engine.world.World;
import net.berth.model.Guest;
import net.berth.plan.GuestPlan;
import net.berth.plan.guest.LiveRule;

/** Adds to plans what running guests say of their own addresses. Only a look at a single guest asks; it is bounded. */
public final class LiveAddresses {
    private final Compute compute;
    private final World world;

    public LiveAddresses(Compute compute, World world) {
        this.compute = compute;
        this.world = world;
    }

    /** The plan with what the guest says now. */
    public GuestPlan ask(GuestPlan plan) {
        Guest guest = plan.guest();
        boolean bound = plan.nics().stream().anyMatch(nic -> !nic.address().isEmpty());
        if (!plan.managed() || !guest.running() || !bound) {
            return plan;
        }
        LiveAnswer answer = new LiveAnswer(guest.uptime(), compute.live(guest));
        world.guest(guest.id()).live(answer, world.now());
        return LiveRule.compare(plan, answer.addresses());
    }

    /** The plan with what the guest said last since its start. */
    public GuestPlan remembered(GuestPlan plan) {
        return world.known(plan.guest().id())
                .flatMap(GuestRecord::live)
                .map(Seen::value)
                .filter(answer -> plan.managed() && answer.isOfThisStart(plan.guest()))
                .map(answer -> LiveRule.compare(plan, answer.addresses()))
                .orElse(plan);
    }
}
