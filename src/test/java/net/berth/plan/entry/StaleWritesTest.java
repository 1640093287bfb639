package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.berth.model.NicId;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.plan.Change;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;

/** What a receiver put on the router and no row asks for any more. */
class StaleWritesTest {
    /** An adopted mapping keeps the spelling of its MAC when Berth gives it another address. */
    @Test
    void anEntryIsKnownAgainHoweverAPersonSpeltItsMac() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        Mapping theirs = world.router.addMapping(
                "web", "192.168.1.20", TestGuest.mac(101, 0).text());
        Mapping put = new Mapping(
                theirs.sharedNetwork(),
                theirs.subnet(),
                theirs.name(),
                theirs.addressText(),
                TestGuest.mac(101, 0).lowerCase(),
                false);
        Change.OnRouter sent = new Change.OnRouter(
                new NicId(world.guest(101).id(), 0), new RouterChange.PutMapping(put, List.of()), "as NIPAP said then");

        assertThat(StaleWrites.removals(List.of(sent), address -> Optional.empty(), world.view()))
                .extracting(change -> ((Change.OnRouter) change).change())
                .containsExactly(new RouterChange.RemoveMapping(theirs));
    }
}
