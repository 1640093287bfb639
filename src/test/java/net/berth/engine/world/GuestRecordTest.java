package net.berth.engine.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.engine.port.Peer;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowStatus;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.junit.jupiter.api.Test;

/** What is remembered of one guest. Thousands of starts a minute that show nothing new leave nothing new in memory. */
class GuestRecordTest {
    private static final GuestId WEB = new GuestId("home", GuestType.LXC, 101);
    private static final Instant EARLY = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATE = EARLY.plusSeconds(60);

    private final World world = new World("home", 3, Clock.systemUTC());
    private final GuestRecord record = world.guest(WEB);

    private static AddressRow row(String address, RowStatus status) {
        return new AddressRow(
                1,
                IpAddress.parse(address),
                AddressRow.SOURCE,
                new NicId(WEB, 0).externalKey(),
                "web",
                "web.home.lan",
                status,
                List.of("berth"),
                Map.of());
    }

    private static AddressRow row(String address) {
        return row(address, RowStatus.RESERVED);
    }

    private List<AddressRow> known() {
        return record.rows().orElseThrow();
    }

    @Test
    void rowsThatAreReadAgainAsTheyWereAreKeptOnce() {
        record.rowsRead(List.of(row("192.168.1.20")), EARLY);
        List<AddressRow> first = known();
        record.rowsRead(List.of(row("192.168.1.20")), LATE);
        assertThat(known()).isSameAs(first);
    }

    @Test
    void rowsThatHaveChangedReplaceTheOldOnes() {
        record.rowsRead(List.of(row("192.168.1.20")), EARLY);
        record.rowsRead(List.of(row("192.168.1.21")), LATE);
        assertThat(known()).containsExactly(row("192.168.1.21"));
    }

    @Test
    void anOldViewOfTheRouterIsGoodEnoughUntilRowsAskForSomethingElse() {
        record.rowsRead(List.of(row("192.168.1.20")), EARLY);
        record.rowsRead(List.of(row("192.168.1.20", RowStatus.ASSIGNED)), LATE);
        assertThat(record.rowsSince()).as("a status asks for nothing").isEqualTo(EARLY);
        record.rowsRead(List.of(row("192.168.1.21")), LATE);
        assertThat(record.rowsSince()).isEqualTo(LATE);
    }

    @Test
    void aRowThatThisReceiverWroteIsKnownWithoutARead() {
        record.rowsRead(List.of(), EARLY);
        world.wrote(row("192.168.1.20"));
        assertThat(known()).containsExactly(row("192.168.1.20"));
        world.wrote(row("192.168.1.20", RowStatus.ASSIGNED));
        assertThat(known()).containsExactly(row("192.168.1.20", RowStatus.ASSIGNED));
        world.deleted(row("192.168.1.20", RowStatus.ASSIGNED));
        assertThat(known()).isEmpty();
    }

    @Test
    void aListOfAllRowsShowsWhoHasNone() {
        record.rowsRead(List.of(row("192.168.1.20")), EARLY);
        world.rowsOfAll(List.of(), LATE);
        assertThat(known()).isEmpty();
    }

    @Test
    void whatWasRefusedIsForgottenWhenItIsRefusedNoMore() {
        Conflict conflict = new Conflict(ConflictCode.GUEST_REFUSED, "net0", "no right", "grant it");
        record.refused(Peer.PROXMOX, List.of(conflict));
        assertThat(record.refused()).containsExactly(conflict);
        record.refused(Peer.PROXMOX, List.of());
        assertThat(record.refused()).isEmpty();
    }

    @Test
    void nothingOfAForgottenGuestIsLeft() {
        record.rowsRead(List.of(row("192.168.1.20")), EARLY);
        record.firstStart(true);
        record.doubt("a node is off");
        world.forget(WEB);
        assertThat(world.known(WEB)).isEmpty();
        assertThat(world.guest(WEB).rows()).isEqualTo(Optional.empty());
        assertThat(world.guest(WEB).firstStart()).isFalse();
        assertThat(world.guest(WEB).doubt()).isEmpty();
    }
}
