package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When more guests than the limit disappear at once, none is released. */
class ReleaseLimitTest {
    private static final int LIMIT = 3;
    private final World world = World.isc();

    private List<ReleasePlan> gone(int guests) {
        IntStream.range(101, 101 + guests).forEach(vmid -> world.with(TestGuest.container(vmid, "ct" + vmid)));
        world.settleAll();
        return List.copyOf(world.guests.keySet()).stream()
                .map(vmid -> world.gone(world.guest(vmid).id()))
                .toList();
    }

    @Test
    void asManyAsTheLimitAreReleased() {
        List<ReleasePlan> plans = gone(LIMIT);

        assertThat(ReleaseLimit.of(LIMIT, plans).plans()).isEqualTo(plans);
        assertThat(ReleaseLimit.of(LIMIT, plans).conflicts()).isEmpty();
    }

    @Test
    void oneMoreAndAllAreHeldAndTheConfirmingCommandIsNamed() {
        ReleaseLimit held = ReleaseLimit.of(LIMIT, gone(LIMIT + 1));

        assertThat(held.plans()).allMatch(plan -> plan.changes().isEmpty());
        assertThat(held.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.RELEASE_HELD);
            assertThat(conflict.message())
                    .isEqualTo("4 guests disappeared at once, which is more than release-limit (3). Berth keeps their"
                            + " addresses: home/lxc/101, home/lxc/102, home/lxc/103, home/lxc/104");
            assertThat(conflict.fix()).contains("berth release 101 102 103 104");
        });
    }

    @Test
    void whatIsInQuarantineAlreadyIsNeitherCountedNorHeld() {
        gone(LIMIT + 1);
        world.release(world.guest(101).id());
        world.now = World.NOW.plusSeconds(86_400);

        ReleaseLimit plans = ReleaseLimit.of(
                LIMIT,
                world.guests.values().stream()
                        .map(guest -> world.gone(guest.id()))
                        .toList());

        assertThat(plans.conflicts()).isEmpty();
        assertThat(plans.plans().getFirst().changes(Change.Stage.NOTE)).hasSize(1);
    }
}
