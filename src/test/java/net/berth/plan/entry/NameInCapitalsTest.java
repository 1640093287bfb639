package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.router.DnsRecord;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.EntryState;
import org.junit.jupiter.api.Test;

/** A second entry for a guest's name that differs in capitals: the router has both, and its DNS gives both addresses. */
class NameInCapitalsTest {
    private static final String OTHERS = "192.168.1.99";

    private final World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);

    private DnsRecord right(List<String> aliases) {
        DnsRecord record = new DnsRecord(DnsRecord.Kind.HOST_MAPPING, "web.home.lan", aliases, List.of("192.168.1.20"));
        world.router.records.clear();
        world.router.records.add(record);
        return record;
    }

    private void second(String... addresses) {
        world.ledger.add(OTHERS, "berth", "pve:home:lxc:999:net0", "old", "old.home.lan");
        world.router.records.add(
                new DnsRecord(DnsRecord.Kind.HOST_MAPPING, "Web.home.lan", List.of(), List.of(addresses)));
    }

    @Test
    void theOneThatIsWrongGoesAndTheRightOneStaysAsItIs() {
        DnsRecord withoutAlias = right(List.of());
        second(OTHERS);
        assertThat(world.plan(101).nics().getFirst().states().dns()).isEqualTo(EntryState.DIFFERS);

        world.settle(101);

        assertThat(world.router.records).containsExactly(withoutAlias);
        assertThat(world.plan(101).changes()).isEmpty();
    }

    @Test
    void whatItSaysOfTheOtherFamilyGoesOverToTheRightOne() {
        right(List.of("web", "www"));
        second(OTHERS, "fd00::20");

        world.settle(101);

        assertThat(world.router.records)
                .containsExactly(new DnsRecord(
                        DnsRecord.Kind.HOST_MAPPING,
                        "web.home.lan",
                        List.of("web", "www"),
                        List.of("192.168.1.20", "fd00::20")));
    }
}
