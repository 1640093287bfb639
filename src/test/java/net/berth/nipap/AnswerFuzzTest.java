package net.berth.nipap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.berth.fuzz.Fuzz;
import net.berth.nipap.xmlrpc.CannedServer;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;
import net.berth.nipap.xmlrpc.Settings;
import org.junit.jupiter.api.Test;

/** Whatever NIPAP answers becomes rows or a NipapException. */
class AnswerFuzzTest {

    @Test
    void answers() {
        AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
        try (CannedServer server = CannedServer.playing(out -> out.write(CannedServer.ok("", body.get())));
                NipapRpc rpc = new NipapRpc(Settings.of(server.url()))) {
            Fuzz.of("nipap-answer", 2_500).knows(NipapException.class).run(input -> {
                body.set(input);
                return rows(rpc.call("search_prefix", Map.of())).stream()
                        .filter(RowMapping::isHost)
                        .filter(RowMapping::isReadable)
                        .map(RowMapping::hostRow)
                        .toList();
            });
        }
    }

    /** Long lists are read struct by struct. */
    @Test
    void lists() {
        AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
        try (CannedServer server = CannedServer.playing(out -> out.write(CannedServer.ok("", body.get())));
                NipapRpc rpc = new NipapRpc(Settings.of(server.url()))) {
            Fuzz.of("nipap-list", 1_500).knows(NipapException.class).run(input -> {
                body.set(input);
                return rpc.callEach(
                        "search_prefix", Map.of(), 1, struct -> Optional.of(NipapStruct.of("search_prefix", struct))
                                .filter(RowMapping::isHost)
                                .filter(RowMapping::isReadable)
                                .map(RowMapping::hostRow));
            });
        }
    }

    private static List<NipapStruct> rows(Object answer) {
        return answer instanceof Map<?, ?> found
                ? NipapStruct.list("search_prefix", found.get("result"))
                : NipapStruct.list("list_prefix", answer);
    }
}
