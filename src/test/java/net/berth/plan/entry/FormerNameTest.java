package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.berth.model.NicId;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Change;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;

/** An old name that a slow receiver puts back on the router does not stay there. */
class FormerNameTest {
    private static final DnsRecord OLD = record("web.home.lan", List.of("web"));

    private final World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);

    private static DnsRecord record(String name, List<String> aliases) {
        return new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name, aliases, List.of("192.168.1.20"));
    }

    private void rename() {
        world.with(TestGuest.vm(101, "shop")).settle(101);
        assertThat(world.router.records).doesNotContain(OLD);
    }

    @Test
    void oneThatIsPutBackAfterItWasSeenToBeGoneGoesAgain() {
        rename();
        world.router.records.add(OLD);

        world.settle(101);

        assertThat(world.router.records).extracting(DnsRecord::name).containsExactly("shop.home.lan");
    }

    @Test
    void oneThatAPersonKeepsStays() {
        rename();
        DnsRecord kept = record("web.home.lan", List.of());
        world.router.records.add(kept);

        assertThat(world.plan(101).changes()).isEmpty();
    }

    @Test
    void afterAQuarantinesTimeItCountsNoMoreAndThatAloneIsNoWork() {
        rename();
        assertThat(world.ledger.at("192.168.1.20").avp(RowAttributes.FORMER)).isEqualTo("web.home.lan");
        world.now = until().minusMillis(1);
        assertThat(world.plan(101).changes()).isEmpty();
        world.router.records.add(OLD);
        assertThat(world.plan(101).changes())
                .extracting(change -> ((Change.OnRouter) change).change())
                .containsExactly(new RouterChange.RemoveRecord(OLD));

        world.now = until();

        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(ReleaseRule.plan(
                        world.ledger.at("192.168.1.20").nic().orElseThrow(),
                        world.ledger.at("192.168.1.20"),
                        world.view(),
                        Duration.ofDays(1),
                        world.now,
                        "gone"))
                .noneMatch(change -> change instanceof Change.OnRouter onRouter
                        && onRouter.change().equals(new RouterChange.RemoveRecord(OLD)));
    }

    @Test
    void whatCountsNoMoreGoesWithTheNextWriteOfTheRow() {
        rename();
        world.now = until();
        assertThat(marks()).containsOnlyKeys(RowAttributes.FORMER, RowAttributes.FORMER_UNTIL);

        world.with(TestGuest.vm(101, "shop").running()).settle(101);

        assertThat(marks()).isEmpty();
    }

    @Test
    void anotherRenameKeepsOnlyTheNamesThatStillCount() {
        rename();
        world.now = until();

        world.with(TestGuest.vm(101, "blog")).settle(101);

        assertThat(marks())
                .containsEntry(RowAttributes.FORMER, "shop.home.lan")
                .containsOnlyKeys(RowAttributes.FORMER, RowAttributes.FORMER_UNTIL);
    }

    private Instant until() {
        return Instant.parse(world.ledger.at("192.168.1.20").avp(RowAttributes.FORMER_UNTIL));
    }

    private Map<String, String> marks() {
        Map<String, String> marks =
                new TreeMap<>(world.ledger.at("192.168.1.20").avps());
        marks.keySet().retainAll(Set.of(RowAttributes.WAS, RowAttributes.FORMER, RowAttributes.FORMER_UNTIL));
        return marks;
    }

    @Test
    void whatAReceiverPutItselfGoesWhenItsRowIsGoneOrHasAnotherName() {
        Mapping mapping = world.router.mappings.getFirst();
        NicId nic = world.ledger.at("192.168.1.20").nic().orElseThrow();
        List<Change.OnRouter> puts = List.of(
                new Change.OnRouter(nic, new RouterChange.PutMapping(mapping, List.of()), "NIPAP said so"),
                new Change.OnRouter(nic, new RouterChange.PutRecord(OLD, List.of()), "NIPAP said so"));

        assertThat(StaleWrites.removals(puts, address -> Optional.of(world.ledger.at("192.168.1.20")), world.view()))
                .isEmpty();
        assertThat(StaleWrites.removals(puts, address -> Optional.empty(), world.view()))
                .extracting(change -> ((Change.OnRouter) change).change())
                .containsExactly(new RouterChange.RemoveMapping(mapping), new RouterChange.RemoveRecord(OLD));

        rename();
        world.router.records.add(OLD);
        assertThat(StaleWrites.removals(puts, address -> Optional.of(world.ledger.at("192.168.1.20")), world.view()))
                .extracting(change -> ((Change.OnRouter) change).change())
                .containsExactly(new RouterChange.RemoveRecord(OLD));
    }
}
