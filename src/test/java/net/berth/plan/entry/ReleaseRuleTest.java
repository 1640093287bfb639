package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.berth.model.GuestId;
import net.berth.model.MacAddress;
import net.berth.model.Policy;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.Nets;
import net.berth.plan.Plan;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way out of a row, step by step. */
class ReleaseRuleTest {
    private static final Duration REST = Duration.ofHours(24);
    private final World world =
            World.isc().with(TestGuest.vm(101, "web").running()).settle(101);

    private final GuestId web = world.guest(101).id();

    private List<Change> plan() {
        return world.gone(web).changes();
    }

    @Test
    void firstItRestsInNipapThenItGoesFromTheRouter() {
        List<Change> plan = plan();
        assertThat(plan)
                .extracting(Change::stage)
                .containsExactly(Change.Stage.INTENT, Change.Stage.ROUTER, Change.Stage.ROUTER);
        Change.Edit rest = (Change.Edit) plan.getFirst();
        assertThat(rest.edit().field("status")).contains("quarantine");
        assertThat(rest.edit().expiry()).isEqualTo(new RowEdit.Expiry.At(World.NOW.plus(REST)));
        assertThat(rest.edit().avps()).containsEntry(RowAttributes.FREE_AT, "2026-11-21T10:00:00Z");
        assertThat(rest.creates()).isFalse();

        world.apply(plan);

        assertThat(world.ledger.at("192.168.1.20").nic())
                .as("it still knows whose it was")
                .isPresent();
        assertThat(world.router.mappings).isEmpty();
        assertThat(world.router.records).isEmpty();
        assertThat(plan()).as("nothing more until its time is over").isEmpty();
    }

    @Test
    void aCrashAfterTheFirstStepIsMendedByTheNextPass() {
        world.apply(List.of(plan().getFirst()));
        assertThat(plan()).extracting(Change::stage).containsExactly(Change.Stage.ROUTER, Change.Stage.ROUTER);
        world.apply(plan());
        assertThat(world.router.mappings).isEmpty();
    }

    @Test
    void itIsFreedWhenItsTimeIsOverAndNotASecondBefore() {
        world.apply(plan());
        world.now = World.NOW.plus(REST).minusSeconds(1);
        assertThat(plan()).isEmpty();
        world.now = World.NOW.plus(REST);
        assertThat(plan()).singleElement().satisfies(change -> {
            assertThat(change.what()).isEqualTo("free 192.168.1.20 in NIPAP");
            assertThat(change.reason()).isEqualTo("home/qemu/101 is gone; its quarantine is over");
        });
        assertThat(world.apply(plan()).ledger.rows()).isEmpty();
    }

    @Test
    void theRowIsFreedOnlyOnceItsEntriesAreSeenOffTheRouter() {
        world.apply(List.of(plan().getFirst()));
        world.now = World.NOW.plus(REST);
        assertThat(plan()).extracting(Change::stage).containsExactly(Change.Stage.ROUTER, Change.Stage.ROUTER);
        world.apply(plan());
        assertThat(plan()).extracting(Change::stage).containsExactly(Change.Stage.NOTE);
    }

    @Test
    void allRowsOfAGuestGoTogether() {
        world.with(TestGuest.vm(101, "web")
                        .nic(0, Nets.LAN, "dhcp")
                        .nic(1, Nets.IOT, "dhcp")
                        .running())
                .settle(101);

        Plan.Release plan = world.gone(web);

        assertThat(plan.changes(Change.Stage.INTENT)).hasSize(2);
        assertThat(plan.changes(Change.Stage.ROUTER)).hasSize(4);
        world.apply(plan.changes());
        assertThat(world.router.mappings).isEmpty();
        assertThat(world.router.records).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"address, true", "mac, true", "name, true", "address and mac, false", "mac and name, false"})
    void aMappingIsDeletedWithTwoOfThree(String edited, boolean deleted) {
        Mapping own = world.router.mappings.removeFirst();
        world.router.addMapping(
                edited.contains("name") ? "printer" : own.name(),
                edited.contains("address") ? "192.168.1.77" : own.addressText(),
                edited.contains("mac") ? "02:00:00:00:00:09" : own.macText());

        world.apply(plan());

        assertThat(world.router.mappings.isEmpty()).isEqualTo(deleted);
    }

    @Test
    void aMappingOfAGuestThatWasRestoredUnderAnotherNumberStays() {
        world.apply(List.of(plan().getFirst()));
        world.router.mappings.clear();
        world.router.records.clear();
        world.guests.remove(101);
        world.with(TestGuest.vm(102, "web").nic(0, Nets.LAN, TestGuest.mac(101, 0), "dhcp"))
                .settle(102);
        List<Mapping> restored = List.copyOf(world.router.mappings);
        assertThat(restored).singleElement().matches(mapping -> mapping.name().equals("web"));

        world.apply(plan());

        assertThat(world.router.mappings).isEqualTo(restored);
    }

    @Test
    void modeCreateReleasesNothing() {
        world.mode = Policy.Mode.CREATE;
        assertThat(plan()).isEmpty();
    }

    @Test
    void whatIsReleasedByOrderStaysOffUntilTheGuestsNextStart() {
        world.apply(world.released(web).changes());
        assertThat(world.router.mappings).isEmpty();
        assertThat(world.released(web).changes()).isEmpty();
        assertThat(world.plan(101).managed()).isFalse();
        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(world.plan(101).nics().getFirst().remarks().note())
                .isEqualTo("released with berth release; managed again from its next start");

        world.starting = true;

        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.ledger.at("192.168.1.20").avps()).doesNotContainKey(RowAttributes.RELEASED);
    }

    /** As with {@code select: all} and no hookscript. */
    @Test
    void aStartThatOnlyThePollSawEndsARelease() {
        world.startedAt = World.NOW.minusSeconds(60);
        world.apply(world.released(web).changes());
        assertThat(world.plan(101).managed()).isFalse();

        world.now = World.NOW.plusSeconds(600);
        world.startedAt = World.NOW.plusSeconds(590);

        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.20");
    }

    @Test
    void aReleaseOfVersion010EndsWithAStartThatTheHookTells() {
        world.apply(world.released(web).changes());
        world.ledger.note("192.168.1.20", RowAttributes.RELEASED, RowAttributes.YES);
        world.startedAt = World.NOW.plusSeconds(590);
        assertThat(world.plan(101).managed()).isFalse();
        world.starting = true;
        assertThat(world.plan(101).managed()).isTrue();
    }

    @Test
    void aMappingThatAHumanMadeForAReleasedGuestStays() {
        world.apply(world.released(web).changes());
        Mapping mine = world.humanMapping("web", "192.168.1.77", TestGuest.mac(101, 0));
        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(world.apply(world.released(web).changes()).router.mappings).containsExactly(mine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "2020-01-01", "20200101T00:00:00"})
    void aTimeThatCannotBeReadNeverComes(String time) {
        world.apply(plan());
        AddressRow row = world.ledger.at("192.168.1.20");
        world.ledger.edit(
                row, new RowEdit(Map.of(), Map.of(RowAttributes.FREE_AT, time), new RowEdit.Expiry.Keep()), false);
        world.now = Instant.parse("2999-01-01T00:00:00Z");
        assertThat(plan()).isEmpty();
        assertThat(ReleaseRule.freeAt(world.ledger.at("192.168.1.20"))).isEmpty();
    }

    @Test
    void anAddressThatAPersonAddedToTheNameStaysAndTheGuestsOwnIsRemoved() {
        world.router.records.clear();
        world.humanRecord("web.home.lan", "192.168.1.20", "192.168.1.5");
        DnsRecord alias = world.humanRecord("files.home.lan", "192.168.1.20");
        world.humanMapping("tv", "192.168.1.6", MacAddress.parse("02:00:00:00:00:01"));

        world.apply(plan());

        assertThat(world.router.records).hasSize(2).contains(alias);
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.5");
        assertThat(world.router.mappings).singleElement().matches(mapping -> mapping.name()
                .equals("tv"));
    }

    @Test
    void anOldNameThatWasNotYetOffTheRouterGoesToo() {
        world.with(TestGuest.vm(101, "shop").running());
        world.apply(world.plan(101).changes(Change.Stage.INTENT));
        world.apply(plan());
        assertThat(world.router.records).isEmpty();
        assertThat(world.ledger.at("192.168.1.20").status()).isEqualTo(RowStatus.QUARANTINE);
    }

    @Test
    void aNameThatIsAnothersByNowIsLeft() {
        world.apply(List.of(plan().getFirst()));
        world.guests.remove(101);
        world.with(TestGuest.vm(102, "web")).settle(102);
        world.apply(plan());
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.21");
    }
}
