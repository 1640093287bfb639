package net.berth.engine.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowStatus;
import org.junit.jupiter.api.Test;

/** Who is new, who has changed and who is missing, by Proxmox's lists of guests. */
class GuestListsTest {
    private static final GuestId WEB = new GuestId("home", GuestType.QEMU, 101);
    private static final GuestId DB = new GuestId("home", GuestType.QEMU, 102);

    private final World world = new World("home", 3, Clock.systemUTC());
    private final GuestLists lists = world.lists();

    private static Inventory.Entry entry(GuestId id, String node, GuestStatus status) {
        return new Inventory.Entry(id, node, "n" + id.vmid(), status, "", Duration.ZERO);
    }

    private static Inventory all(GuestId... guests) {
        return new Inventory(
                List.of(guests).stream()
                        .map(id -> entry(id, "pve1", GuestStatus.STOPPED))
                        .toList(),
                "");
    }

    private static Inventory half() {
        return new Inventory(List.of(), "node pve2 is offline");
    }

    private Inventory read(Inventory list) {
        return lists.arrived(lists.begin(), list, Instant.now());
    }

    private Set<GuestId> poll(Inventory list) {
        return lists.polled(read(list));
    }

    private boolean appeared(GuestId id) {
        return world.guest(id).appeared();
    }

    @Test
    void whatAHookSawIsStillNewToTheNextPoll() {
        poll(all(WEB));
        read(all(WEB, DB));
        assertThat(poll(all(WEB, DB))).containsExactly(DB);
        assertThat(poll(all(WEB, DB))).isEmpty();
    }

    @Test
    void aGuestIsMissingAfterCompleteListsOnly() {
        poll(all(WEB, DB));
        poll(half());
        poll(all(WEB));
        poll(half());
        assertThat(lists.missing(2)).isEmpty();
        poll(all(WEB));
        assertThat(lists.missing(2)).containsExactly(DB);
    }

    @Test
    void oneSightInBetweenBeginsTheCountAnew() {
        poll(all(WEB, DB));
        poll(all(WEB));
        read(all(WEB, DB));
        poll(all(WEB));
        assertThat(lists.missing(2)).isEmpty();
    }

    @Test
    void aListThatALaterOneHasOvertakenDoesNotCountAgainstItsGuests() {
        poll(all(WEB, DB));
        poll(all(WEB));
        long early = lists.begin();
        read(all(WEB, DB));
        lists.polled(lists.arrived(early, all(WEB), Instant.now()));
        poll(all(WEB));
        assertThat(lists.missing(2)).isEmpty();
    }

    @Test
    void aGuestThatNipapKnowsCountsAsMissingToo() {
        world.guest(DB)
                .rowsRead(
                        List.of(new AddressRow(
                                1,
                                IpAddress.parse("192.168.1.20"),
                                AddressRow.SOURCE,
                                new NicId(DB, 0).externalKey(),
                                "db",
                                "",
                                RowStatus.RESERVED,
                                List.of("berth"),
                                Map.of())),
                        Instant.now());
        poll(all(WEB));
        poll(all(WEB));
        assertThat(lists.missing(2)).containsExactly(DB);
    }

    @Test
    void onlyWhatCameAfterTheFirstListAppeared() {
        poll(all(WEB));
        poll(all(WEB, DB));
        assertThat(appeared(WEB)).isFalse();
        assertThat(appeared(DB)).isTrue();
    }

    @Test
    void whatCameAfterTheListOfTheFirstPassAppearedToo() {
        lists.examined(read(all(WEB)));
        read(all(WEB, DB));
        assertThat(appeared(DB)).isTrue();
    }

    @Test
    void theSameNumberAfterAnAbsenceIsNew() {
        poll(all(WEB));
        poll(all());
        assertThat(poll(all(WEB))).containsExactly(WEB);
        assertThat(appeared(WEB)).isTrue();
    }

    @Test
    void whatAPassExaminesIsNotNewToThePollsMeanwhileUnlessItChanged() {
        assertThat(lists.examined(read(all(WEB, DB)))).containsExactlyInAnyOrder(WEB, DB);
        assertThat(poll(all(WEB, DB))).isEmpty();
        Inventory.Entry moved = entry(WEB, "pve2", GuestStatus.STOPPED);
        assertThat(poll(new Inventory(List.of(moved), "half"))).containsExactly(WEB);
    }

    @Test
    void whatAPassCouldNotExamineIsNewToTheNextPollAndOnlyThat() {
        Inventory list = all(WEB, DB);
        lists.examined(read(list));
        lists.examineAgain(Set.of(DB));
        assertThat(poll(list)).containsExactly(DB);
        poll(list);
        assertThat(lists.examined(read(list))).as("the pass before was enough").isEmpty();
    }

    @Test
    void aGuestIsNotLookedForWhereAnEventSaysThatItIsNotAnyMore() {
        poll(all(WEB));
        assertThat(lists.place(101)).isPresent();
        lists.heardFrom(101, "pve2");
        assertThat(lists.place(101)).isEmpty();
        poll(new Inventory(List.of(entry(WEB, "pve2", GuestStatus.RUNNING)), ""));
        assertThat(lists.place(101))
                .hasValueSatisfying(seen -> assertThat(seen.value().node()).isEqualTo("pve2"));
    }

    @Test
    void aForgottenGuestIsANewOneIfItsNumberComesBack() {
        poll(all(WEB, DB));
        poll(all(DB));
        poll(all(DB));
        world.forget(WEB);
        assertThat(lists.missing(1)).isEmpty();
        assertThat(poll(all(WEB, DB))).containsExactly(WEB);
        assertThat(appeared(WEB)).isTrue();
    }
}
