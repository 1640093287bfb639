package net.berth.nipap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.berth.engine.port.Ipam.Claim;
import net.berth.lab.nipap.LabNipap;
import net.berth.model.GuestId;
import net.berth.model.row.NewRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many calls NIPAP gets for what, when nothing goes wrong. */
class NipapCallsTest {
    private final LabNipap lab = IpamFixture.lab();
    private final NipapIpam ipam = IpamFixture.ipam(lab);

    @BeforeEach
    void forgetTheFirstCallForTheVrf() {
        ipam.rowAt(IpamFixture.row(100, "192.168.1.2").address());
        lab.resetCalls();
    }

    @AfterEach
    void close() {
        ipam.close();
        lab.close();
    }

    private static List<NewRow> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IpamFixture.row(200 + i, "192.168.1." + (20 + i)))
                .toList();
    }

    @Test
    void aFirstStartReadsItsRowsInOneCallAndClaimsInThree() {
        NewRow row = rows(1).getFirst();
        assertThat(ipam.rowsOf(row.nic().guest())).isEmpty();
        assertThat(ipam.claim(row)).isInstanceOf(Claim.Made.class);
        assertThat(lab.calls()).isEqualTo(Map.of("search_prefix", 2, "add_prefix", 1, "edit_prefix", 1));
    }

    @Test
    void aBatchCostsTwoCallsForEachRowAndOneLook() {
        assertThat(ipam.claim(rows(5))).hasOnlyElementsOfType(Claim.Made.class);
        assertThat(lab.calls()).isEqualTo(Map.of("search_prefix", 1, "add_prefix", 5, "edit_prefix", 5));
    }

    @Test
    void theRowsOfManyGuestsAreOneCall() {
        ipam.claim(rows(20));
        lab.resetCalls();
        Set<GuestId> guests = rows(20).stream().map(row -> row.nic().guest()).collect(Collectors.toSet());
        assertThat(ipam.rowsOf(guests)).hasSize(20);
        assertThat(lab.calls()).isEqualTo(Map.of("search_prefix", 1));
    }

    @Test
    void nothingAskedForIsNoCall() {
        assertThat(ipam.rowsOf(Set.of())).isEmpty();
        assertThat(ipam.claim(List.of())).isEmpty();
        assertThat(lab.calls()).isEmpty();
    }
}
