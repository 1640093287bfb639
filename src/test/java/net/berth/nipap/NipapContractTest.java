package net.berth.nipap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException.Fault;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Berth relies on in NIPAP, held against the stand-in and, when there is one, a real nipapd. */
@Timeout(60)
class NipapContractTest {
    static List<String> titles() {
        return NipapUnderTest.titles().toList();
    }

    private static Fault fault(ThrowingCallable call) {
        return catchThrowableOfType(Fault.class, call);
    }

    private static NipapUnderTest withLan(String title) {
        NipapUnderTest nipap = NipapUnderTest.open(title);
        nipap.add("10.9.0.0/16", "reservation", Map.of());
        nipap.add("10.9.1.0/24", "assignment", Map.of());
        return nipap;
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aPrefixIsThereOnceInEachVrf(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            nipap.add("10.9.1.5/32", "host", Map.of("external_key", "a"));
            Fault fault = fault(() -> nipap.add("10.9.1.5/32", "host", Map.of("external_key", "b")));
            assertThat(fault.kind()).isEqualTo(FaultKind.DUPLICATE);
            assertThat(fault.text()).contains(nipap.vrf() + ", 10.9.1.5");
            nipap.add("10.9.1.6/32", "host", Map.of("external_key", "a"));
            assertThat(nipap.list(Map.of("external_key", "a"))).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void hostsLieInAssignmentsAlone(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            assertThat(fault(() -> nipap.add("10.9.2.5/32", "host", Map.of())).kind())
                    .isEqualTo(FaultKind.NO_ASSIGNMENT);
            assertThat(fault(() -> nipap.add("10.8.2.5/32", "host", Map.of())).kind())
                    .isEqualTo(FaultKind.NO_ASSIGNMENT);
            assertThat(fault(() -> nipap.add("10.9.1.5/31", "host", Map.of())).code())
                    .isEqualTo(1200);
            assertThat(fault(() -> nipap.remove(Map.of("prefix", "10.9.1.0/24"))))
                    .isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void anEditIsACompareAndSwap(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            nipap.add("10.9.1.5/32", "host", Map.of("external_key", "a", "status", "assigned"));
            Map<String, ?> mine = Map.of("prefix", "10.9.1.5/32", "external_key", "a");
            assertThat(nipap.edit(mine, Map.of("status", "reserved"))).hasSize(1);
            Map<String, ?> foreign = Map.of("prefix", "10.9.1.5/32", "external_key", "b");
            assertThat(nipap.edit(foreign, Map.of("status", "quarantine"))).isEmpty();
            assertThat(nipap.list(mine).getFirst().needText("status")).isEqualTo("reserved");
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aMemberInConditionAndChangeKeepsTheConditionsValue(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            nipap.add("10.9.1.5/32", "host", Map.of("status", "assigned"));
            Map<String, ?> condition = Map.of("prefix", "10.9.1.5/32", "status", "assigned");
            List<NipapStruct> edited = nipap.edit(condition, Map.of("status", "quarantine", "node", "n"));
            assertThat(edited.getFirst().needText("status")).isEqualTo("assigned");
            assertThat(edited.getFirst().needText("node")).isEqualTo("n");
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void nilInAConditionMeansNullAndNotEmpty(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            nipap.add("10.9.1.5/32", "host", Map.of());
            nipap.add("10.9.1.6/32", "host", Map.of("node", ""));
            Map<String, Object> nil = new HashMap<>();
            nil.put("node", null);
            nil.put("type", "host");
            assertThat(nipap.list(nil))
                    .extracting(row -> row.needText("prefix"))
                    .containsExactly("10.9.1.5/32");
            assertThat(nipap.list(Map.of("node", "")))
                    .extracting(row -> row.needText("prefix"))
                    .containsExactly("10.9.1.6/32");
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aRemovalIsConditionalAndSaysNothing(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            NipapStruct row = nipap.add("10.9.1.5/32", "host", Map.of("external_key", "a"));
            assertThat(nipap.remove(Map.of("prefix", "10.9.1.5/32", "external_key", "b")))
                    .isNull();
            assertThat(nipap.list(Map.of("prefix", "10.9.1.5/32"))).hasSize(1);
            assertThat(nipap.remove(Map.of("prefix", "10.9.1.5/32", "external_key", "a")))
                    .isNull();
            assertThat(nipap.list(Map.of("prefix", "10.9.1.5/32"))).isEmpty();
            Map<String, ?> byId = Map.of("prefix", Map.of("id", row.needNumber("id")));
            assertThat(fault(() -> nipap.rpc().call("remove_prefix", byId)).kind())
                    .isEqualTo(FaultKind.STALE_ID);
            assertThat(fault(() -> nipap.remove(Map.of("external_key", "a"))).code())
                    .isEqualTo(1110);
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void anAssignmentWithHostsIsNotRemoved(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            nipap.add("10.9.1.5/32", "host", Map.of());
            assertThat(fault(() -> nipap.remove(Map.of("prefix", "10.9.1.0/24")))
                            .text())
                    .contains("contains hosts");
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void pairsKeepTheirNilsAndAreReplacedAsAWhole(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            Map<String, String> pairs = new HashMap<>(Map.of("berth-mac", "BC:24:11:00:00:01", "ключ", "значение 🙂"));
            pairs.put("flag", null);
            nipap.add("10.9.1.5/32", "host", Map.of("avps", pairs));
            Map<String, ?> spec = Map.of("prefix", "10.9.1.5/32");
            assertThat(nipap.list(spec).getFirst().pairs("avps")).isEqualTo(pairs);
            nipap.edit(spec, Map.of("avps", Map.of("x", "y")));
            assertThat(nipap.list(spec).getFirst().pairs("avps")).isEqualTo(Map.of("x", "y"));
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void expiryIsReadBackWithoutAZoneAndNilIsNever(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            NipapStruct row = nipap.add("10.9.1.5/32", "host", Map.of("expires", "2031-01-01T00:00:00Z"));
            assertThat(row.needText("expires")).matches("\\d{8}T\\d\\d:\\d\\d:\\d\\d");
            Map<String, Object> never = new HashMap<>();
            never.put("expires", null);
            assertThat(nipap.edit(Map.of("prefix", "10.9.1.5/32"), never)
                            .getFirst()
                            .text("expires"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aSearchStopsAtFiftyUnlessTold(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            for (int host = 10; host < 65; host++) {
                nipap.add("10.9.1." + host + "/32", "host", Map.of());
            }
            Map<String, ?> query = Map.of("operator", "equals", "val1", "vrf_id", "val2", nipap.vrf());
            assertThat(found(nipap, query, Map.of())).hasSize(50);
            assertThat(found(nipap, query, Map.of("max_result", false))).hasSize(57);
            assertThat(found(nipap, query, Map.of("max_result", 3, "offset", 55)))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void likeTakesEscapesAndHeedsCase(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            nipap.add("10.9.1.5/32", "host", Map.of("external_key", "a_b:1"));
            nipap.add("10.9.1.6/32", "host", Map.of("external_key", "axb:1"));
            nipap.add("10.9.1.7/32", "host", Map.of("external_key", "A_b:1"));
            Map<String, ?> query = Map.of("operator", "like", "val1", "external_key", "val2", "a\\_b:%");
            Map<String, ?> vrf = Map.of("operator", "equals", "val1", "vrf_id", "val2", nipap.vrf());
            Map<String, ?> both = Map.of("operator", "and", "val1", vrf, "val2", query);
            assertThat(found(nipap, both, Map.of()))
                    .extracting(row -> row.needText("prefix"))
                    .containsExactly("10.9.1.5/32");
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aBadPrefixIsAFaultOfItsOwn(String title) {
        try (NipapUnderTest nipap = withLan(title)) {
            assertThat(fault(() -> nipap.list(Map.of("prefix", "10.9.1.300/32")))
                            .code())
                    .isEqualTo(1200);
            assertThat(fault(() -> nipap.add("10.9.1.9/24", "assignment", Map.of()))
                            .text())
                    .contains("bits set to right of mask");
            assertThat(fault(() -> nipap.list(Map.of("frob", "x"))).code()).isEqualTo(1120);
        }
    }

    private static List<NipapStruct> found(NipapUnderTest nipap, Map<String, ?> query, Map<String, ?> options) {
        Object answer = nipap.rpc().call("search_prefix", Map.of("query", query, "search_options", options));
        return NipapStruct.list(
                "search_prefix",
                NipapStruct.of("search_prefix", answer).members().get("result"));
    }
}
