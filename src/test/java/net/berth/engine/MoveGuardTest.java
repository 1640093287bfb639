package net.berth.engine;

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
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import org.junit.jupiter.api.Test;

/** Guests that would all lose their addresses at once keep them, and NIPAP still tells which of them run. */
class MoveGuardTest {
    private static final int LIMIT = 3;

    private final MoveGuard guard = new MoveGuard(LIMIT);

    @Test
    void asManyAsTheLimitMayMove() {
        List<GuestPlan> plans = moving(LIMIT);

        assertThat(guard.pass(plans)).isEqualTo(plans);
    }

    @Test
    void aGuestThatIsHeldKeepsItsRowAndIsNotedAsRunningAllTheSame() {
        assertThat(guard.pass(moving(LIMIT + 1))).hasSize(LIMIT + 1).allSatisfy(held -> {
            assertThat(held.changes()).singleElement().satisfies(change -> assertThat(change.reason())
                    .isEqualTo("runs"));
            assertThat(held.conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.RELEASE_HELD);
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

        assertThat(guard.pass(plans).getLast().changes()).isEmpty();
    }

    @Test
    void guestsThatStayAreNotHeldWithTheOthers() {
        GuestPlan staying = plan(200, note(200));
        List<GuestPlan> plans = new ArrayList<>(moving(LIMIT + 1));
        plans.add(staying);

        assertThat(guard.pass(plans)).last().isEqualTo(staying);
    }

    @Test
    void aPersonsWordLetsOneOfThemMove() {
        List<GuestPlan> plans = moving(LIMIT + 1);
        guard.pass(plans);

        assertThat(guard.check(plans.getFirst(), true)).isEqualTo(plans.getFirst());
        assertThat(guard.check(plans.getLast(), false).changes(Stage.INTENT)).isEmpty();
    }

    @Test
    void aGuestThatCameBackIsFreeToMoveLater() {
        List<GuestPlan> plans = moving(LIMIT + 1);
        guard.pass(plans);

        guard.check(plan(100, note(100)), false);

        assertThat(guard.check(plans.getFirst(), false)).isEqualTo(plans.getFirst());
    }

    @Test
    void beforeTheFirstPassAsManyAsTheLimitMoveWhateverEventsCome() {
        List<GuestPlan> plans = moving(LIMIT + 2);

        List<GuestPlan> checked =
                plans.stream().map(plan -> guard.check(plan, false)).toList();

        assertThat(checked.subList(0, LIMIT)).isEqualTo(plans.subList(0, LIMIT));
        assertThat(checked.subList(LIMIT, LIMIT + 2))
                .allSatisfy(held -> assertThat(held.conflicts()).singleElement().satisfies(conflict -> {
                    assertThat(conflict.code()).isEqualTo(ConflictCode.RELEASE_HELD);
                    assertThat(conflict.message()).contains("more than release-limit " + LIMIT);
                }));
        assertThat(guard.check(plans.getFirst(), false)).as("another look").isEqualTo(plans.getFirst());
    }

    @Test
    void theFirstPassDecidesAboutWhatWasHeldBeforeIt() {
        List<GuestPlan> plans = moving(LIMIT + 1);
        plans.forEach(plan -> guard.check(plan, false));

        GuestPlan last = plans.getLast();
        assertThat(guard.pass(List.of(last))).containsExactly(last);
        assertThat(guard.check(last, false)).isEqualTo(last);
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
