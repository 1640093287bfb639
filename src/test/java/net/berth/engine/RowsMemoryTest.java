package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowStatus;
import org.junit.jupiter.api.Test;

/** Thousands of starts a minute that say nothing new leave nothing new in memory. */
class RowsMemoryTest {
    private static final GuestId WEB = new GuestId("home", GuestType.LXC, 101);

    private final RowsMemory memory = new RowsMemory(Clock.systemUTC());

    private static AddressRow row(String address) {
        return new AddressRow(
                1,
                IpAddress.parse(address),
                AddressRow.SOURCE,
                new NicId(WEB, 0).externalKey(),
                "web",
                "web.home.lan",
                RowStatus.RESERVED,
                List.of("berth"),
                Map.of());
    }

    private List<AddressRow> known() {
        return memory.recall(WEB).orElseThrow();
    }

    @Test
    void rowsThatAreReadAgainAsTheyWereAreKeptOnce() {
        memory.remember(WEB, List.of(row("192.168.1.20")));
        List<AddressRow> first = known();

        memory.remember(WEB, List.of(row("192.168.1.20")));

        assertThat(known()).isSameAs(first);
    }

    @Test
    void rowsThatHaveChangedTakeThePlaceOfTheOldOnes() {
        memory.remember(WEB, List.of(row("192.168.1.20")));

        memory.remember(WEB, List.of(row("192.168.1.21")));

        assertThat(known()).containsExactly(row("192.168.1.21"));
    }
}
