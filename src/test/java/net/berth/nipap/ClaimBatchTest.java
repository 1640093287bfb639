package net.berth.nipap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.berth.engine.port.Ipam.Claim;
import net.berth.engine.port.PeerException;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.nipap.LabRow;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Claims of many rows at once, on the stand-in and, when there is one, on a real nipapd. */
@Timeout(120)
class ClaimBatchTest {
    private static final Prefix LAN = Prefix.parse("192.168.1.0/24");

    static List<String> titles() {
        return NipapUnderTest.titles().toList();
    }

    private static NipapUnderTest withLan(String title) {
        NipapUnderTest nipap = NipapUnderTest.open(title);
        nipap.add(LAN.toString(), "assignment", Map.of());
        return nipap;
    }

    private static void empty(NipapUnderTest nipap) {
        nipap.list(Map.of("type", "host")).forEach(row -> nipap.remove(Map.of("prefix", row.needText("prefix"))));
        nipap.remove(Map.of("prefix", LAN.toString()));
    }

    @ParameterizedTest
    @MethodSource("titles")
    void eachRowOfABatchHasItsOwnOutcome(String title) {
        try (NipapUnderTest nipap = withLan(title);
                NipapIpam ipam = nipap.ipam()) {
            nipap.add("192.168.1.9/32", "host", Map.of("node", "printer"));
            AddressRow had = IpamFixture.made(ipam, 101, "192.168.1.20");
            List<Claim> claims = ipam.claim(List.of(
                    IpamFixture.row(100, "192.168.1.21"),
                    IpamFixture.row(101, "192.168.1.22"),
                    IpamFixture.row(102, "192.168.1.9"),
                    IpamFixture.row(103, "10.0.0.1"),
                    IpamFixture.row(104, "192.168.1.23")));
            assertThat(claims.get(0)).isInstanceOfSatisfying(Claim.Made.class, made -> assertThat(
                            made.row().claiming())
                    .isFalse());
            assertThat(claims.get(1)).isEqualTo(new Claim.Had(had));
            assertThat(claims.get(2))
                    .isEqualTo(
                            new Claim.Taken(IpamFixture.row(102, "192.168.1.9").address()));
            assertThat(claims.get(3)).isInstanceOfSatisfying(Claim.Failed.class, failed -> assertThat(failed.cause())
                    .hasMessageContaining("assignment"));
            assertThat(claims.get(4)).isInstanceOf(Claim.Made.class);
            assertThat(ipam.rowsIn(LAN))
                    .filteredOn(AddressRow::ours)
                    .allMatch(row -> !row.claiming())
                    .extracting(row -> row.address().toString())
                    .containsExactlyInAnyOrder("192.168.1.20", "192.168.1.21", "192.168.1.23");
            empty(nipap);
        }
    }

    /** Receivers that want the same NICs, with addresses that meet those of the others. */
    @ParameterizedTest
    @MethodSource("titles")
    void batchesOfSeveralReceiversEndWithOneConfirmedRowForEachNic(String title)
            throws InterruptedException, ExecutionException {
        int guests = 20;
        List<NipapIpam> receivers = new ArrayList<>();
        try (NipapUnderTest nipap = withLan(title);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Claim>>> work = new ArrayList<>();
            for (int receiver = 0; receiver < 3; receiver++) {
                NipapIpam ipam = nipap.ipam();
                receivers.add(ipam);
                int shift = receiver * 7;
                List<NewRow> rows = IntStream.range(0, guests)
                        .mapToObj(i -> IpamFixture.row(100 + i, "192.168.1." + (20 + i + shift)))
                        .toList();
                work.add(() -> ipam.claim(rows));
            }
            List<Future<List<Claim>>> done = threads.invokeAll(work);
            for (int guest = 0; guest < guests; guest++) {
                NicId nic = IpamFixture.nic(100 + guest);
                List<AddressRow> bound = new ArrayList<>();
                for (Future<List<Claim>> batch : done) {
                    switch (batch.get().get(guest)) {
                        case Claim.Made made -> bound.add(made.row());
                        case Claim.Had had -> bound.add(had.row());
                        case Claim.Taken taken -> {}
                        case Claim.Failed failed ->
                            assertThat(failed.cause().kind()).isEqualTo(PeerException.Kind.DOWN);
                    }
                }
                assertThat(bound)
                        .as("all receivers that got a row of " + nic + " got one row")
                        .allMatch(row -> row.binds(nic))
                        .extracting(AddressRow::id)
                        .satisfies(ids ->
                                assertThat(ids.stream().distinct().count()).isLessThanOrEqualTo(1));
            }
            assertThat(receivers.getFirst().rowsIn(LAN))
                    .as("the confirmed rows")
                    .filteredOn(row -> !row.claiming())
                    .extracting(AddressRow::externalKey)
                    .doesNotHaveDuplicates();
            empty(nipap);
        } finally {
            receivers.forEach(NipapIpam::close);
        }
    }

    /** A number that is cloned and destroyed every few minutes all day: its rows rest for a day under one key. */
    @ParameterizedTest
    @MethodSource("titles")
    void theLiveRowOfANumberThatIsUsedAgainAllDayIsFoundAmongHundredsOfQuarantinedOnes(String title) {
        try (NipapUnderTest nipap = withLan(title);
                NipapIpam ipam = nipap.ipam()) {
            NicId nic = IpamFixture.nic(101);
            Map<String, Object> resting = Map.of("external_key", nic.externalKey(), "status", "quarantine");
            for (int host = 1; host <= 230; host++) {
                Map<String, Object> attributes =
                        RowMapping.attributes(IpamFixture.row(nic, "192.168.1." + host), nipap.vrf());
                attributes.putAll(resting);
                attributes.put("tags", List.of("berth"));
                nipap.rpc().call("add_prefix", Map.of("attr", attributes));
            }
            AddressRow live = IpamFixture.made(ipam, 101, "192.168.1.250");
            assertThat(ipam.rowsOf(nic.guest())).hasSize(231).contains(live);
            empty(nipap);
        }
    }

    @Test
    void whatFailsInBetweenIsMetByLookingFirstAndNoRowIsDoubled() {
        try (LabNipap lab = IpamFixture.lab();
                NipapIpam ipam = IpamFixture.ipam(lab)) {
            lab.mishaps().loseReply("add_prefix");
            lab.mishaps().deadlock("edit_prefix");
            lab.mishaps().loseCall("search_prefix");
            List<NewRow> rows = IntStream.range(0, 5)
                    .mapToObj(i -> IpamFixture.row(100 + i, "192.168.1." + (20 + i)))
                    .toList();
            assertThat(ipam.claim(rows)).hasOnlyElementsOfType(Claim.Made.class);
            assertThat(lab.hosts()).hasSize(5).allMatch(row -> row.tags().equals(List.of("berth")));
            assertThat(lab.calls("add_prefix")).isEqualTo(5);
        }
    }

    @Test
    void aNipapThatEndsInTheMiddleFailsTheRestAndKeepsWhatIsDone() {
        try (LabNipap lab = IpamFixture.lab();
                NipapIpam ipam = IpamFixture.ipam(lab)) {
            List<NewRow> rows = IntStream.range(0, 5)
                    .mapToObj(i -> IpamFixture.row(100 + i, "192.168.1." + (20 + i)))
                    .toList();
            int[] edits = {0};
            lab.hooks().onCall(method -> {
                if (method.equals("edit_prefix") && ++edits[0] == 3) {
                    lab.mishaps().databaseDown(true);
                }
            });
            List<Claim> claims = ipam.claim(rows);
            assertThat(claims.subList(0, 2)).hasOnlyElementsOfType(Claim.Made.class);
            assertThat(claims.subList(2, 5)).hasOnlyElementsOfType(Claim.Failed.class);
            lab.hooks().onCall(method -> {});
            lab.mishaps().databaseDown(false);
            assertThat(ipam.claim(rows.subList(2, 5)))
                    .as("the next batch finishes the rows")
                    .hasOnlyElementsOfType(Claim.Had.class);
            assertThat(lab.hosts()).hasSize(5).extracting(LabRow::tags).containsOnly(List.of("berth"));
        }
    }

    @Test
    void aBatchOfWhichNoRowIsTakenThrows() {
        try (LabNipap lab = IpamFixture.lab();
                NipapIpam ipam = IpamFixture.ipam(lab)) {
            lab.mishaps().databaseDown(true);
            List<NewRow> rows = List.of(IpamFixture.row(100, "192.168.1.20"), IpamFixture.row(101, "192.168.1.21"));
            PeerException failure = catchThrowableOfType(PeerException.class, () -> ipam.claim(rows));
            assertThat(failure.kind()).isEqualTo(PeerException.Kind.DOWN);
        }
    }
}
