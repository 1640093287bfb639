package net.berth.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.berth.model.GuestId;
import net.berth.model.row.RowAttributes;

/**
 * Holds guests that exist and would lose their addresses together: a wrong {@code bridge}, {@code vlan} or {@code prefix} in
 * the settings makes every NIC look as if it had moved. Immutable: each question answers with the guard to ask next. Only
 * what the loop itself carries out may keep that guard; a comparison that only shows something drops it.
 *
 * @param limit how many guests may lose their addresses at once ({@code release-limit})
 * @param held guests that keep their addresses until a comparison without gaps finds fewer, or until an order
 * @param passed guests that were allowed to lose their addresses since the last comparison without gaps
 */
public record MassMoveGuard(int limit, Set<GuestId> held, Set<GuestId> passed) {

    /** Copies the sets. */
    public MassMoveGuard {
        held = Set.copyOf(held);
        passed = Set.copyOf(passed);
    }

    /** The guard of a receiver that has just started. */
    public static MassMoveGuard of(int limit) {
        return new MassMoveGuard(limit, Set.of(), Set.of());
    }

    /**
     * The plans as they may be carried out.
     *
     * @param next the guard to ask next
     * @param plans the plans, in the order in which they were given
     */
    public record Pass(MassMoveGuard next, List<GuestPlan> plans) {}

    /**
     * For the plans of a full pass, or for the plan of one guest after an event, which does not complete anything.
     *
     * @param complete whether every guest of the cluster could be read and planned: only then guests that were held are no
     *     longer held
     */
    public Pass pass(List<GuestPlan> plans, boolean complete) {
        Set<GuestId> moving = plans.stream()
                .filter(GuestPlan::losesAddress)
                .map(plan -> plan.guest().id())
                .collect(Collectors.toSet());
        MassMoveGuard next = complete ? decided(moving) : with(moving);
        return new Pass(next, plans.stream().map(next::applied).toList());
    }

    private MassMoveGuard decided(Set<GuestId> moving) {
        return new MassMoveGuard(limit, moving.size() > limit ? moving : Set.of(), Set.of());
    }

    /** What was not seen counts as before: a guest that cannot be read now may be one of those that are held. */
    private MassMoveGuard with(Set<GuestId> moving) {
        Set<GuestId> all = union(union(held, passed), moving);
        if (all.size() <= limit) {
            return new MassMoveGuard(limit, held, union(passed, moving));
        }
        Set<GuestId> more = new HashSet<>(moving);
        more.removeAll(passed);
        return new MassMoveGuard(limit, union(held, more), passed);
    }

    private static Set<GuestId> union(Set<GuestId> one, Set<GuestId> other) {
        Set<GuestId> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    private GuestPlan applied(GuestPlan plan) {
        return plan.losesAddress() && held.contains(plan.guest().id()) ? hold(plan) : plan;
    }

    /** Only NIPAP's notes are left; not that an old name is off the router, since what deletes it is held too. */
    private GuestPlan hold(GuestPlan plan) {
        int others = union(held, passed).size() - 1;
        String name = plan.guest().name().isEmpty()
                ? plan.guest().id().toString()
                : plan.guest().name();
        List<Change> notes = plan.changes(Change.Stage.NOTE).stream()
                .filter(change -> change instanceof Change.Edit edit
                        && !edit.edit().avps().containsKey(RowAttributes.WAS))
                .toList();
        return plan.withChanges(notes)
                .and(new Conflict(
                        ConflictCode.RELEASE_HELD,
                        "",
                        name + " and " + others + (others == 1 ? " other guest" : " other guests")
                                + " would lose their address at once, which is more than release-limit (" + limit
                                + "). Berth changes none of them.",
                        "check bridge:, vlan: and prefix: of networks: in berth.yaml; if the guests did move: berth sync "
                                + plan.guest().id().vmid()));
    }
}
