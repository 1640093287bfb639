package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests that would all lose their addresses at once keep them, and NIPAP still notes which of them run. */
class MassMoveGuardTest {
    private static final int LIMIT = 3;
    private static final MassMoveGuard NEW = MassMoveGuard.of(LIMIT);

    @Test
    void asManyAsTheLimitMayMove() {
        List<GuestPlan> plans = moving(LIMIT);

        assertThat(NEW.pass(plans, true).plans()).isEqualTo(plans);
    }

    @Test
    void aGuestThatIsHeldKeepsItsRowAndIsNotedAsRunningAllTheSame() {
        assertThat(NEW.pass(moving(42), true).plans()).hasSize(42).allSatisfy(held -> {
            assertThat(held.changes()).singleElement().satisfies(change -> assertThat(change.reason())
                    .isEqualTo("runs"));
            assertThat(held.conflicts()).singleElement().satisfies(conflict -> {
                assertThat(conflict.code()).isEqualTo(ConflictCode.RELEASE_HELD);
                assertThat(conflict.message())
                        .isEqualTo(held.guest().name()
                                + " and 41 other guests would lose their address at once, which is more than"
                                + " release-limit (3). Berth changes none of them.");
                assertThat(conflict.fix())
                        .contains("berth sync " + held.guest().id().vmid());
            });
        });
    }

    @Test
    void anOldNameOfAGuestThatIsHeldIsNotNotedAsGoneSinceNothingRemovesIt() {
        List<GuestPlan> plans = new ArrayList<>(moving(LIMIT));
        RowEdit gone = new RowEdit(Map.of(), Map.of(RowAttributes.WAS, ""), new RowEdit.Expiry.Keep());
        plans.add(plan(
                200,
                edit(200, Map.of("status", RowStatus.QUARANTINE.toString()), Stage.INTENT, "moved"),
                new Change.Edit(nic(200), row(200), gone, Stage.NOTE, false, "the old name is off the router")));

        assertThat(NEW.pass(plans, true).plans().getLast().changes()).isEmpty();
    }

    @Test
    void guestsThatStayAreNotHeldWithTheOthers() {
        GuestPlan staying = plan(200, note(200));
        List<GuestPlan> plans = new ArrayList<>(moving(LIMIT + 1));
        plans.add(staying);

        assertThat(NEW.pass(plans, true).plans()).last().isEqualTo(staying);
    }

    @Test
    void aGuestThatIsSeenBackIsHeldUntilThePassThatFindsFewer() {
        List<GuestPlan> plans = moving(LIMIT + 1);
        MassMoveGuard guard = NEW.pass(plans, true).next();

        guard = guard.pass(List.of(plan(100, note(100))), false).next();
        assertThat(isHeld(guard, plans.getFirst())).isTrue();

        guard = guard.pass(plans.subList(1, LIMIT + 1), true).next();
        assertThat(guard.held()).isEmpty();
    }

    @Test
    void eventsBeforeAndAfterThePassesMoveAsManyAsTheLimitAndNoMore() {
        List<GuestPlan> plans = moving(LIMIT + 2);
        for (MassMoveGuard begin : List.of(NEW, NEW.pass(List.of(), true).next())) {
            MassMoveGuard guard = begin;
            for (GuestPlan plan : plans.subList(0, LIMIT)) {
                MassMoveGuard.Pass check = guard.pass(List.of(plan), false);
                assertThat(check.plans().getFirst()).isEqualTo(plan);
                guard = check.next();
            }
            for (GuestPlan plan : plans.subList(LIMIT, LIMIT + 2)) {
                MassMoveGuard.Pass check = guard.pass(List.of(plan), false);
                guard = check.next();
                assertThat(check.plans().getFirst().conflicts()).singleElement().satisfies(conflict -> assertThat(
                                conflict.message())
                        .contains("which is more than release-limit (3)"));
            }
            assertThat(guard.pass(List.of(plans.getFirst()), false).plans())
                    .as("asked again")
                    .containsExactly(plans.getFirst());
        }
    }

    @Test
    void aPassWithoutGapsBeginsTheCountAnew() {
        List<GuestPlan> plans = moving(2 * LIMIT);
        MassMoveGuard guard = NEW;
        for (GuestPlan plan : plans.subList(0, LIMIT)) {
            guard = guard.pass(List.of(plan), false).next();
        }

        assertThat(isHeld(guard, plans.getLast())).isTrue();
        assertThat(isHeld(guard.pass(List.of(), false).next(), plans.getLast())).isTrue();
        assertThat(isHeld(guard.pass(List.of(), true).next(), plans.getLast())).isFalse();
    }

    /** Three nodes, one of them is down, and the VLAN in the settings is wrong. */
    @Test
    void guestsThatTheFirstPassCouldNotReadAreHeldWhenTheyStart() {
        List<GuestPlan> plans = moving(60);
        MassMoveGuard guard = NEW.pass(plans.subList(0, 40), false).next();

        for (GuestPlan unread : plans.subList(40, 60)) {
            MassMoveGuard.Pass start = guard.pass(List.of(unread), false);
            guard = start.next();
            assertThat(start.plans().getFirst().changes(Stage.INTENT)).isEmpty();
        }
        assertThat(guard.held()).hasSize(60);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LIMIT})
    void aPassWithGapsLetsNoneGoThatWereHeld(int readable) {
        List<GuestPlan> plans = moving(LIMIT + 5);
        MassMoveGuard guard = NEW.pass(plans, true).next();

        MassMoveGuard.Pass pass = guard.pass(plans.subList(0, readable), false);

        assertThat(pass.plans()).allMatch(plan -> plan.changes(Stage.INTENT).isEmpty());
        assertThat(pass.next().held()).hasSize(LIMIT + 5);
    }

    /** What only shows something drops the guard that it was answered with. */
    @Test
    void askingChangesNothing() {
        MassMoveGuard guard = NEW.pass(moving(LIMIT + 1), true).next();

        guard.pass(List.of(), true);
        guard.pass(List.of(plan(100, note(100))), false);

        assertThat(guard.held()).hasSize(LIMIT + 1);
    }

    private static boolean isHeld(MassMoveGuard guard, GuestPlan plan) {
        return guard.pass(List.of(plan), false)
                .plans()
                .getFirst()
                .changes(Stage.INTENT)
                .isEmpty();
    }

    private static List<GuestPlan> moving(int guests) {
        return IntStream.range(100, 100 + guests)
                .mapToObj(vmid -> plan(
                        vmid,
                        edit(vmid, Map.of("status", RowStatus.QUARANTINE.toString()), Stage.INTENT, "moved"),
                        note(vmid),
                        new Change.Free(nic(vmid), row(vmid), Stage.NOTE, "its quarantine is over")))
                .toList();
    }

    private static Change note(int vmid) {
        return edit(vmid, Map.of("status", RowStatus.ASSIGNED.toString()), Stage.NOTE, "runs");
    }

    private static Change edit(int vmid, Map<String, String> fields, Stage stage, String reason) {
        RowEdit edit = new RowEdit(fields, Map.of(), new RowEdit.Expiry.Keep());
        return new Change.Edit(nic(vmid), row(vmid), edit, stage, false, reason);
    }

    private static NicId nic(int vmid) {
        return new NicId(new GuestId("home", GuestType.LXC, vmid), 0);
    }

    private static AddressRow row(int vmid) {
        return new AddressRow(
                vmid,
                IpAddress.parse("192.168.1." + vmid),
                AddressRow.SOURCE,
                nic(vmid).externalKey(),
                "ct" + vmid,
                "ct" + vmid + ".home.lan",
                RowStatus.RESERVED,
                List.of(),
                Map.of());
    }

    private static GuestPlan plan(int vmid, Change... changes) {
        Guest guest = new Guest(
                nic(vmid).guest(),
                "ct" + vmid,
                "pve1",
                GuestStatus.RUNNING,
                Duration.ofHours(1),
                false,
                "",
                "",
                false,
                "local:snippets/berth-hook",
                List.of(),
                List.of());
        return new GuestPlan(guest, true, false, List.of(changes), List.of(), List.of());
    }
}
