package net.berth.plan.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.model.AddressRange;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.RouterView;
import net.berth.plan.Change;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.Planner;
import net.berth.plan.Situation;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;

/** A network whose new guests' addresses are taken from a pool of NIPAP's. */
class PoolTest {
    private final World world = World.isc().with(TestGuest.vm(101, "web"));

    private static Network network(String prefix, String gateway, String exclude) {
        return new Network(
                "lan",
                Nets.LAN.bridge(),
                Nets.LAN.vlan(),
                Prefix.parse(prefix),
                gateway,
                "home.lan",
                List.of(),
                "",
                exclude.isEmpty() ? List.of() : List.of(AddressRange.parse(exclude)),
                "guests");
    }

    private GuestPlan plan(Network network) {
        Situation situation = world.situation(101, world.ledger.rows(), true);
        return new Planner(List.of(network), policy()).plan(situation);
    }

    private static Policy policy() {
        return new Policy(
                Policy.Select.HOOK,
                "berth",
                Policy.Mode.SYNC,
                Policy.WriteBack.NEVER,
                java.time.Duration.ofHours(1),
                3);
    }

    private static String claimed(GuestPlan plan) {
        return plan.changes().stream()
                .filter(Change.Claim.class::isInstance)
                .map(change -> ((Change.Claim) change).row().address().toString())
                .findFirst()
                .orElse("none");
    }

    private World pool(String... prefixes) {
        world.pools =
                Map.of("guests", List.of(prefixes).stream().map(Prefix::parse).toList());
        return world;
    }

    @Test
    void theLowestFreeOfItsPrefixesWithoutTheirEnds() {
        pool("10.0.8.0/30", "10.0.4.0/30");
        Network lan = network("10.0.0.0/16", "10.0.0.1", "");
        assertThat(claimed(plan(lan))).isEqualTo("10.0.4.1");
        world.humanRow("10.0.4.1", "nas");
        assertThat(claimed(plan(lan))).isEqualTo("10.0.4.2");
        world.humanRow("10.0.4.2", "tv");
        assertThat(claimed(plan(lan))).isEqualTo("10.0.8.1");
    }

    @Test
    void gatewayExcludeAndTheRoutersRangesAreSteppedOverAsAnywhere() {
        pool("10.0.4.0/28");
        world.router.subnets = List.of(new DhcpSubnet(
                "LAN", Prefix.parse("10.0.0.0/16"), "", List.of(AddressRange.parse("10.0.4.5-10.0.4.9"))));
        assertThat(claimed(plan(network("10.0.0.0/16", "10.0.4.1", "10.0.4.2-10.0.4.4"))))
                .isEqualTo("10.0.4.10");
    }

    @Test
    void aPrefixThatIsTheNetworkOrLargerStandsForTheNetwork() {
        pool("192.168.0.0/16");
        assertThat(claimed(plan(network("192.168.1.0/24", "192.168.1.1", "")))).isEqualTo("192.168.1.2");
        pool("192.168.1.0/24");
        assertThat(claimed(plan(network("192.168.1.0/24", "192.168.1.1", "")))).isEqualTo("192.168.1.2");
    }

    @Test
    void aFullPoolIsExhaustedAlthoughTheNetworkIsNot() {
        pool("10.0.4.0/30");
        world.humanRow("10.0.4.1", "nas");
        world.humanRow("10.0.4.2", "tv");
        GuestPlan plan = plan(network("10.0.0.0/16", "10.0.0.1", ""));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.POOL_EXHAUSTED);
            assertThat(conflict.message()).startsWith("pool guests of network lan (10.0.0.0/16) has no free address");
        });
    }

    @Test
    void aPoolThatIsNotThereOrHasNothingInTheNetworkIsAConflictOfItsOwn() {
        Network lan = network("10.0.0.0/16", "10.0.0.1", "");
        GuestPlan none = plan(lan);
        assertThat(none.changes()).isEmpty();
        assertThat(none.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.POOL_MISSING);
            assertThat(conflict.message()).contains("no pool guests");
        });
        pool("172.16.0.0/24");
        assertThat(plan(lan).conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.POOL_MISSING);
            assertThat(conflict.message()).contains("has no assignment inside of network lan");
        });
    }

    @Test
    void aGuestThatAsksForAnAddressByItsTagIsNotHeldToThePool() {
        pool("10.0.4.0/30");
        world.with(TestGuest.vm(101, "web").tagged("ip-10-0-9-9"));
        assertThat(claimed(plan(network("10.0.0.0/16", "10.0.0.1", "")))).isEqualTo("10.0.9.9");
    }

    @Test
    void theMapOfTheNetworkShowsWhatLiesOutsideOfThePoolAsNeverGiven() {
        pool("10.0.0.8/29", "10.0.0.16/29");
        List<AddressSpan> spans = AddressMap.of(
                network("10.0.0.0/27", "10.0.0.1", ""),
                List.of(),
                new RouterView(List.of(), List.of(), List.of(), List.of()),
                world.pools,
                World.NOW);
        assertThat(spans.stream().filter(span -> span.state() == AddressState.FREE))
                .extracting(span -> span.range().toString())
                .containsExactly("10.0.0.9-10.0.0.14", "10.0.0.17-10.0.0.22");
        Optional<AddressSpan> outside = spans.stream()
                .filter(span -> span.note().equals("outside of pool guests"))
                .findFirst();
        assertThat(outside.orElseThrow().state()).isEqualTo(AddressState.EXCLUDED);
    }
}
