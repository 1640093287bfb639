package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.model.row.RowAttributes;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attributes that only version 0.1.0 used are removed with the next write of a row, and are no reason for a write. */
class RetiredAttributesTest {
    private final World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);

    @BeforeEach
    void written() {
        world.ledger.note("192.168.1.20", "berth-changed", "2026-11-20T09:00:00Z");
        world.ledger.note("192.168.1.20", "berth-former", "old.home.lan");
        world.ledger.note("192.168.1.20", "berth-former-until", "2026-11-21T09:00:00Z");
    }

    @Test
    void theyAreNoWorkByThemselves() {
        assertThat(world.plan(101).changes()).isEmpty();
    }

    @Test
    void aNoteRemovesThem() {
        world.with(TestGuest.vm(101, "web").running()).settle(101);
        assertGone();
    }

    @Test
    void aRenameRemovesThem() {
        world.with(TestGuest.vm(101, "shop")).settle(101);
        assertGone();
    }

    @Test
    void aReleaseAndAReturnRemoveThem() {
        world.release(world.guest(101).id());
        assertGone();
        written();
        world.settle(101);
        assertGone();
        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
    }

    private void assertGone() {
        assertThat(world.ledger.at("192.168.1.20").avps())
                .doesNotContainKeys(RowAttributes.RETIRED.toArray(new String[0]));
    }
}
