package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.model.GuestStatus;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.GuestPlan;
import net.berth.plan.Situation;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a row says of its guest. */
class NoteTest {

    @ParameterizedTest
    @CsvSource({"RUNNING, ASSIGNED", "STOPPED, RESERVED", "UNKNOWN, RESERVED"})
    void aNewRowSaysWhatTheGuestDoes(GuestStatus status, RowStatus noted) {
        World world = World.isc().with(TestGuest.vm(101, "web").status(status)).settle(101);
        AddressRow row = world.ledger.at("192.168.1.20");
        assertThat(row.status()).isEqualTo(noted);
        assertThat(row.node()).isEqualTo("web");
        assertThat(row.description()).isEqualTo("web.home.lan");
        assertThat(row.avp(RowAttributes.MAC)).isEqualTo("BC:24:11:00:65:00");
        assertThat(row.avp(RowAttributes.UUID)).isEqualTo("uuid-101");
        assertThat(row.avp(RowAttributes.ORIGIN)).isEqualTo("the lowest free address");
    }

    @Test
    void aGuestThatStartsIsAssignedBeforeItRuns() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.starting = true;
        assertThat(world.settle(101).ledger.at("192.168.1.20").status()).isEqualTo(RowStatus.ASSIGNED);
    }

    @Test
    void aSettledStartChangesTheStatusAndNothingElse() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.starting = true;
        GuestPlan plan = world.planFromOwnRows(101);
        assertThat(plan.needsAllRows()).isFalse();
        assertThat(plan.isReady()).isTrue();
        assertThat(plan.state()).isEqualTo(GuestState.SETTLED);
        assertThat(plan.changes()).singleElement().satisfies(change -> {
            assertThat(change.stage()).isEqualTo(Change.Stage.NOTE);
            assertThat(change.reason()).isEqualTo("web (home/qemu/101) net0 starts");
            assertThat(((Change.Edit) change).edit().fields()).containsOnlyKeys("status");
        });
    }

    @Test
    void aBackupsStartAndStopIsNotNoted() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.boot(101, Situation.Boot.FRESH)
                .with(TestGuest.vm(101, "web").running().locked("backup"));
        assertThat(world.plan(101).changes(Change.Stage.NOTE)).isEmpty();
    }

    @Test
    void aStatusThatIsNotKnownIsNotNoted() {
        World world = World.isc().with(TestGuest.vm(101, "web").running()).settle(101);
        world.boot(101, Situation.Boot.HAS_RUN).with(TestGuest.vm(101, "web").status(GuestStatus.UNKNOWN));
        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(world.ledger.at("192.168.1.20").status()).isEqualTo(RowStatus.ASSIGNED);
    }

    @Test
    void theEndOfTheFirstStartIsNotedOnceAndForMachinesOnly() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web"))
                .with(TestGuest.container(102, "dns"))
                .settleAll()
                .with(TestGuest.vm(101, "web").running())
                .with(TestGuest.container(102, "dns").running());
        world.boot(101, Situation.Boot.FIRST_SECONDS).settle(101);
        assertThat(world.ledger.at("192.168.1.20").avps()).doesNotContainKey(RowAttributes.BOOTED);
        world.boot(101, Situation.Boot.HAS_RUN);
        assertThat(world.plan(101).changes(Change.Stage.NOTE))
                .extracting(Change::reason)
                .containsExactly("the first" + " start of web (home/qemu/101) net0 is over");
        world.settleAll();
        assertThat(world.ledger.at("192.168.1.20").avp(RowAttributes.BOOTED)).isEqualTo(RowAttributes.YES);
        assertThat(world.ledger.at("192.168.1.21").avps()).doesNotContainKey(RowAttributes.BOOTED);
    }
}
