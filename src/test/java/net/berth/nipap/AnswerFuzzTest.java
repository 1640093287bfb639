package net.berth.nipap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.berth.fuzz.Fuzz;
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
                return rpc.callEach("search_prefix", Map.of(), 1, struct -> Optional.of(Row.of("search_prefix", struct))
                        .filter(RowMapping::isHost)
                        .filter(RowMapping::isReadable)
                        .map(RowMapping::hostRow));
            });
        }
    }

    private static List<Row> rows(Object answer) {
        return answer instanceof Map<?, ?> found
                ? Row.list("search_prefix", found.get("result"))
                : Row.list("list_prefix", answer);
    }
}
