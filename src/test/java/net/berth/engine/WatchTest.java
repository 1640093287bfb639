package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final GuestId WEB = FakeCompute.id(GuestType.QEMU, 101);
    private static final GuestId DB = FakeCompute.id(GuestType.QEMU, 102);

    private final Watch watch = new Watch();

    private static Inventory all(GuestId... guests) {
        return new Inventory(
                List.of(guests).stream()
                        .map(id -> new Inventory.Entry(
                                id, "pve1", "n" + id.vmid(), GuestStatus.STOPPED, "", Duration.ZERO))
                        .toList(),
                "");
    }

    private static Inventory half() {
        return new Inventory(List.of(), "node pve2 is offline");
    }

    @Test
    void whatAHookSawIsStillNewToTheNextPoll() {
        watch.observe(all(WEB));
        watch.glimpse(all(WEB, DB));
        assertThat(watch.observe(all(WEB, DB))).containsExactly(DB);
        assertThat(watch.observe(all(WEB, DB))).isEmpty();
    }

    @Test
    void aGuestIsMissingAfterCompleteListsOnly() {
        watch.observe(all(WEB, DB));
        watch.observe(half());
        watch.observe(all(WEB));
        watch.observe(half());
        assertThat(watch.missing(2)).isEmpty();
        watch.observe(all(WEB));
        assertThat(watch.missing(2)).containsExactly(DB);
    }

    @Test
    void oneSightInBetweenBeginsTheCountAnew() {
        watch.observe(all(WEB, DB));
        watch.observe(all(WEB));
        watch.glimpse(all(WEB, DB));
        watch.observe(all(WEB));
        assertThat(watch.missing(2)).isEmpty();
    }

    @Test
    void aGuestThatNipapKnowsCountsAsMissingToo() {
        watch.expect(Set.of(DB));
        watch.observe(all(WEB));
        watch.observe(all(WEB));
        assertThat(watch.missing(2)).containsExactly(DB);
    }

    @Test
    void onlyWhatCameAfterTheFirstListAppeared() {
        watch.observe(all(WEB));
        watch.observe(all(WEB, DB));
        assertThat(watch.appeared(WEB)).isFalse();
        assertThat(watch.appeared(DB)).isTrue();
    }

    @Test
    void theSameNumberAfterAnAbsenceIsNew() {
        watch.observe(all(WEB));
        watch.observe(all());
        assertThat(watch.observe(all(WEB))).containsExactly(WEB);
        assertThat(watch.appeared(WEB)).isTrue();
    }

    @Test
    void whatAPassLooksAtIsNotNewToThePollsMeanwhileButForWhatChanged() {
        assertThat(watch.look(all(WEB, DB))).containsExactlyInAnyOrder(WEB, DB);
        assertThat(watch.observe(all(WEB, DB))).isEmpty();
        Inventory.Entry moved = new Inventory.Entry(WEB, "pve2", "n101", GuestStatus.STOPPED, "", Duration.ZERO);
        assertThat(watch.observe(new Inventory(List.of(moved), "half"))).containsExactly(WEB);
    }

    @Test
    void whatAPassCouldNotLookAtIsNewToTheNextPollAndOnlyThat() {
        Inventory list = all(WEB, DB);
        watch.look(list);
        watch.lookAgain(list, Set.of(DB));
        assertThat(watch.observe(list)).containsExactly(DB);
        watch.observe(list);
        assertThat(watch.look(list)).as("the pass before was enough").isEmpty();
    }

    @Test
    void whatAPollSawDuringAPassThatFailedIsNotSeenTwice() {
        Inventory list = all(WEB);
        watch.look(list);
        Inventory.Entry moved = new Inventory.Entry(WEB, "pve2", "n101", GuestStatus.STOPPED, "", Duration.ZERO);
        assertThat(watch.observe(new Inventory(List.of(moved), ""))).containsExactly(WEB);
        watch.lookAgain(list, Set.of(WEB));
        assertThat(watch.observe(new Inventory(List.of(moved), ""))).isEmpty();
    }
}
