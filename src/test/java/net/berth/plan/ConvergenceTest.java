package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the homes and the mishaps, plans come to rest and keep the promises. */
class ConvergenceTest {
    private static final int MISHAPS = 20;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyHomeComesToRestAndKeepsThePromises(int seed) {
        Chaos chaos = new Chaos(seed);
        World world = chaos.world();
        Foreign foreign = new Foreign(world);
        List<String> story = new ArrayList<>(List.of("seed " + seed));
        for (int i = 0; i <= MISHAPS; i++) {
            settle(world, story);
            assertPromises(world, foreign, story);
            story.add(chaos.mishap());
        }
    }

    /** A guest's second plan only notes that an old name is off the router, its third is empty; rounds go on while what one guest gives up serves another. */
    private static void settle(World world, List<String> story) {
        boolean changed = true;
        List<String> done = new ArrayList<>();
        for (int round = 0; changed; round++) {
            assertThat(round).as("rounds after %s: %s", story, done).isLessThan(5);
            changed = false;
            for (int vmid : world.guests.keySet()) {
                GuestPlan plan = world.plan(vmid);
                assertOwnRowsSuffice(world, vmid, plan, story);
                if (plan.changes().isEmpty()) {
                    continue;
                }
                changed = true;
                plan.changes().forEach(change -> done.add(change.nic() + ": " + change.what()));
                assertEntriesChangeOnce(plan, story);
                world.apply(plan);
                GuestPlan notes = world.plan(vmid);
                assertThat(notes.changes())
                        .as("the second plan of %d after %s", vmid, story)
                        .allMatch(change -> change.stage() == Change.Stage.NOTE);
                world.apply(notes);
                assertThat(world.plan(vmid).changes())
                        .as("the third plan of %d after %s", vmid, story)
                        .isEmpty();
            }
        }
    }

    private static void assertOwnRowsSuffice(World world, int vmid, GuestPlan whole, List<String> story) {
        GuestPlan partial = world.planFromOwnRows(vmid);
        if (!partial.needsAllRows()) {
            assertThat(partial)
                    .as("the plan of %d from its own rows after %s", vmid, story)
                    .isEqualTo(whole);
        }
    }

    private static void assertEntriesChangeOnce(GuestPlan plan, List<String> story) {
        assertThat(plan.changes(Change.Stage.ROUTER))
                .as("entries named after %s", story)
                .doesNotHaveDuplicates();
    }

    private static void assertPromises(World world, Foreign foreign, List<String> story) {
        foreign.assertUntouched(world, story);
        Map<String, String> holders = new HashMap<>();
        for (AddressRow row : world.ledger.rows()) {
            if (row.ours() && !row.quarantined()) {
                assertThat(holders.put(row.externalKey(), row.address().toString()))
                        .as("a second address of %s after %s", row.externalKey(), story)
                        .isNull();
                assertThat(holders.put("name " + row.description(), row.externalKey()))
                        .as("a second holder of %s after %s", row.description(), story)
                        .isNull();
                if (row.description().contains(".")) {
                    assertNameResolves(world, row, story);
                }
            }
        }
        for (Mapping mapping : world.router.mappings) {
            if (!foreign.has(mapping)) {
                assertThat(world.ledger.at(mapping.addressText()).quarantined())
                        .as("%s is left behind after %s", mapping, story)
                        .isFalse();
            }
        }
    }

    /** A name that NIPAP gives a NIC leads to its address and nowhere else. */
    private static void assertNameResolves(World world, AddressRow row, List<String> story) {
        assertThat(world.router.resolve(row.description()))
                .as("where %s leads after %s", row.description(), story)
                .isSubsetOf(row.address().toString());
    }
}
