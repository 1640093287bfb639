package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.berth.model.router.DnsRecord;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that is renamed again and again while the router does not answer. */
class OldNamesTest {
    private static final String FIRST = "192.168.1.20";

    private final World world =
            World.isc().with(TestGuest.vm(101, "name0").running()).settle(101);

    /** Under another name each time; every so often the router takes it, and the note is lost. */
    private void rename(int times, int routerTakesEvery) {
        for (int i = 1; i <= times; i++) {
            world.with(TestGuest.vm(101, "name" + i).running());
            world.apply(only(Stage.INTENT));
            if (i % routerTakesEvery == 0) {
                world.apply(only(Stage.ROUTER));
            }
        }
    }

    private List<Change> only(Stage stage) {
        List<Change> changes = world.plan(101).changes();
        assertThat(changes.stream().map(Change::stage))
                .as("rows first")
                .doesNotContainSequence(Stage.ROUTER, Stage.INTENT);
        return changes.stream().filter(change -> change.stage() == stage).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000})
    void theRowStaysSmallAndNothingIsLeftOnTheRouter(int routerTakesEvery) {
        rename(100, routerTakesEvery);

        AddressRow row = world.ledger.at(FIRST);
        assertThat(row.avp(RowAttributes.WAS).split(" ")).hasSizeLessThanOrEqualTo(16);
        world.settle(101);
        assertThat(world.router.records).extracting(DnsRecord::name).containsExactly("name100.home.lan");
        assertThat(world.router.mappings).singleElement().matches(mapping -> mapping.name()
                .equals("name100"));
        assertThat(world.ledger.at(FIRST).avp(RowAttributes.WAS)).isEmpty();
    }

    @Test
    void nothingIsLeftOnTheRouterOfAGuestThatIsDestroyedMeanwhile() {
        rename(100, 5);
        var guest = world.guest(101).id();
        world.guests.remove(101);
        world.release(guest);

        assertThat(world.router.records).isEmpty();
        assertThat(world.router.mappings).isEmpty();
    }

    @Test
    void namesThatAWriterOfNipapAddsEndNothing() {
        String many =
                IntStream.range(0, 5000).mapToObj(i -> "n" + i + ".home.lan").collect(Collectors.joining(" "));
        world.ledger.note(FIRST, RowAttributes.WAS, many);
        world.with(TestGuest.vm(101, "other").running()).settle(101);

        assertThat(world.router.records).extracting(DnsRecord::name).containsExactly("other.home.lan");
        assertThat(world.ledger.at(FIRST).avp(RowAttributes.WAS)).isEmpty();
    }
}
