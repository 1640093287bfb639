package net.berth.engine.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.engine.report.Seen;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowStatus;
import org.junit.jupiter.api.Test;

/** The rows of a network as last read, with what this receiver wrote since. */
class NipapRecordTest {
    private static final Prefix LAN = Prefix.parse("192.168.1.0/24");
    private static final Instant EARLY = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATE = EARLY.plusSeconds(60);

    private final NipapRecord nipap = new NipapRecord();

    private static AddressRow row(String address) {
        return new AddressRow(
                1,
                IpAddress.parse(address),
                AddressRow.SOURCE,
                "pve:home:lxc:101:net0",
                "web",
                "web.home.lan",
                RowStatus.RESERVED,
                List.of("berth"),
                Map.of());
    }

    private void read(Instant at, AddressRow... rows) {
        nipap.arrived(nipap.begin(LAN, at), List.of(rows));
    }

    private List<AddressRow> known() {
        return nipap.rows(LAN, Instant.MIN).orElseThrow();
    }

    @Test
    void aRowThatIsWrittenWhileTheListIsReadIsNotLost() {
        NipapRecord.Reading reading = nipap.begin(LAN, EARLY);
        nipap.has(row("192.168.1.20"));
        assertThat(nipap.arrived(reading, List.of())).containsExactly(row("192.168.1.20"));
        assertThat(known()).containsExactly(row("192.168.1.20"));
    }

    @Test
    void aRowThatIsDeletedWhileTheListIsReadIsGone() {
        NipapRecord.Reading reading = nipap.begin(LAN, EARLY);
        nipap.hasNone(IpAddress.parse("192.168.1.20"));
        assertThat(nipap.arrived(reading, List.of(row("192.168.1.20")))).isEmpty();
    }

    @Test
    void aWriteIsKnownWithoutAnotherRead() {
        read(EARLY, row("192.168.1.20"));
        nipap.has(row("192.168.1.21"));
        nipap.hasNone(IpAddress.parse("192.168.1.20"));
        assertThat(known()).containsExactly(row("192.168.1.21"));
    }

    @Test
    void aWriteInAnotherNetworkChangesNothing() {
        read(EARLY);
        nipap.has(row("10.0.0.20"));
        assertThat(known()).isEmpty();
    }

    @Test
    void aListIsAsOldAsTheBeginningOfItsRead() {
        read(EARLY);
        assertThat(nipap.rows(LAN, EARLY)).isPresent();
        assertThat(nipap.rows(LAN, LATE)).isEmpty();
        read(LATE);
        assertThat(nipap.rows(LAN, LATE)).isPresent();
    }

    @Test
    void afterAWriteWithoutAnAnswerListsAreReadAnew() {
        read(LATE, row("192.168.1.20"));
        nipap.unsure();
        assertThat(nipap.rows(LAN, EARLY)).isEmpty();
        assertThat(known()).as("what was known stays").hasSize(1);
    }

    @Test
    void aListThatCouldNotBeReadLeavesTheLastOne() {
        read(EARLY, row("192.168.1.20"));
        nipap.failed(nipap.begin(LAN, LATE));
        assertThat(known()).hasSize(1);
        assertThat(nipap.rows(LAN, EARLY)).isPresent();
        assertThat(nipap.rows(LAN, LATE)).isEmpty();
    }

    @Test
    void aPoolThatIsMissingIsNotAskedForAgainSoSoon() {
        assertThat(nipap.pool("guests")).isEmpty();
        nipap.poolRead("guests", new Seen<>(Optional.empty(), EARLY));
        assertThat(nipap.pool("guests")).contains(new Seen<>(Optional.empty(), EARLY));
        nipap.poolRead("guests", new Seen<>(Optional.of(List.of(LAN)), LATE));
        assertThat(nipap.pool("guests").orElseThrow().value()).contains(List.of(LAN));
    }
}
