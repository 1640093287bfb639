package net.berth.nipap.xmlrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.lab.nipap.Wire;
import net.berth.nipap.xmlrpc.NipapException.Fault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NipapRpcRecordingsTest {
    /** Calls with dates or without a source, which the client never makes. */
    private static final Set<String> NEVER_MADE = Set.of(
            "41b-search_prefix-expires-DT",
            "64-edit_prefix-expires-datetime",
            "69-fault-add-expires-datetime",
            "116-fault-auth-no-authoritative_source");

    static List<String> all() {
        return Recordings.names();
    }

    static List<String> made() {
        return all().stream().filter(name -> !NEVER_MADE.contains(name)).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsEachRecordedAnswer(String name) {
        String recorded = new String(Recordings.response(name), StandardCharsets.UTF_8);
        Object expected = Recordings.plain(Wire.readAnswer(Recordings.response(name)));
        try (CannedServer server = CannedServer.answering(recorded);
                NipapRpc rpc = new NipapRpc(Settings.of(server.url()))) {
            if (recorded.contains("<fault>")) {
                Fault fault = catchThrowableOfType(Fault.class, () -> rpc.call("any", Map.of()));
                assertThat(Map.of("faultCode", fault.code(), "faultString", fault.text()))
                        .isEqualTo(expected);
            } else {
                assertThat(rpc.call("any", Map.of())).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("made")
    void writesCallsOfTheRecordedStructure(String name) {
        Wire.Call recorded = Wire.readCall(Recordings.request(name));
        Map<String, Object> members = new HashMap<>();
        ((Map<?, ?>) recorded.params().getFirst()).forEach((key, value) -> members.put((String) key, value));
        try (CannedServer server = CannedServer.answering(nil());
                NipapRpc rpc = new NipapRpc(Settings.of(server.url()))) {
            rpc.call(recorded.method(), members);
            Wire.Call sent = Wire.readCall(server.requests().getFirst().body().getBytes(StandardCharsets.UTF_8));
            members.put("auth", Map.of("authoritative_source", "berth"));
            assertThat(sent.method()).isEqualTo(recorded.method());
            assertThat(sent.params()).isEqualTo(List.of(members));
        }
    }

    private static String nil() {
        return new String(Recordings.response("04-echo-nil"), StandardCharsets.UTF_8);
    }
}
