package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.berth.engine.port.Peer;
import net.berth.engine.status.Event;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Event DOWN = new Event.SystemDown(Peer.ROUTER, "the router does not answer");

    private final Bench bench = new Bench(Bench.tight(16));
    private final List<Reader> readers = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Reader reader : readers) {
            reader.close();
        }
        bench.close();
    }

    /** Somebody who follows the events. */
    private static final class Reader implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Reader(Bench bench, String lastId) throws IOException {
            socket = bench.connect();
            String last = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
            socket.getOutputStream()
                    .write(
                            ("GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                                            + Bench.TOKEN + "\r\n" + last + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The next line that holds this, the ones before it passed over. */
        String next(String part) throws IOException {
            for (int i = 0; i < 5000; i++) {
                String line = lines.readLine();
                if (line == null || line.contains(part)) {
                    return String.valueOf(line);
                }
            }
            throw new AssertionError("no line with " + part);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Reader follow(String lastId) throws IOException {
        Reader reader = new Reader(bench, lastId);
        readers.add(reader);
        assertThat(reader.next("HTTP/1.1")).endsWith("200 OK");
        return reader;
    }

    /** A reader whose answer has begun: what happens from now on is for it. */
    private Reader begun() throws IOException {
        Reader reader = follow("");
        reader.next(":berth");
        return reader;
    }

    @Test
    void anEventComesAsACloudEventWithItsId() throws IOException {
        Reader reader = begun();
        bench.berth.events.add(DOWN);
        String id = reader.next("id:").substring("id:".length());
        assertThat(reader.next("event:")).isEqualTo("event:system.down");
        assertThat(reader.next("data:"))
                .startsWith("data:{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/berth/home\","
                        + "\"type\":\"system.down\",\"subject\":\"router\",\"time\":\"20")
                .endsWith("\"datacontenttype\":\"application/json\",\"data\":{\"system\":\"router\","
                        + "\"problem\":\"the router does not answer\"}}");
    }

    @Test
    void whoComesBackGoesOnBehindTheLastHeard() throws IOException {
        Reader reader = begun();
        bench.berth.events.add(DOWN);
        String id = reader.next("id:").substring("id:".length());
        reader.close();
        bench.berth.events.add(new Event.SystemUp(Peer.ROUTER));
        Reader again = follow(id);
        assertThat(again.next("data:")).contains("\"type\":\"system.up\"");
    }

    @Test
    void whoComesBackTooLateIsToldAndHearsWhatIsKept() throws IOException {
        bench.berth.events.add(DOWN);
        Reader reader = follow("before-1");
        assertThat(reader.next("event:")).isEqualTo("event:events.missed");
        assertThat(reader.next("data:")).contains("\"type\":\"events.missed\"");
        assertThat(reader.next("data:")).contains("\"type\":\"system.down\"");
    }

    @Test
    void aStormOfEventsArrivesWholeAndInOrder() throws IOException {
        Reader reader = begun();
        IntStream.range(0, 500).forEach(i -> bench.berth.events.add(new Event.RouterCommitted(1, i)));
        for (int i = 0; i < 500; i++) {
            assertThat(reader.next("data:")).contains("\"changes\":" + i + "}");
        }
    }

    @Test
    void aGuestsNameCannotForgeAnEvent() throws IOException {
        Reader reader = begun();
        GuestId guest = new GuestId("home", GuestType.QEMU, 101);
        bench.berth.events.add(new Event.GuestSettled(guest, "x\n\ndata: forged\r\n\r\n<b>", List.of()));
        assertThat(reader.next("data:")).contains("\"name\":\"x\\n\\ndata: forged\\r\\n\\r\\n<b>\"");
    }

    @Test
    void aSilentStreamIsKeptAliveAndOutlivesTheArrivalDeadline() throws IOException {
        Reader reader = begun();
        for (int i = 0; i < 8; i++) {
            assertThat(reader.next("ping")).isEqualTo(":ping");
        }
        bench.berth.events.add(DOWN);
        assertThat(reader.next("event:")).isEqualTo("event:system.down");
    }

    @Test
    void moreReadersThanPlacesAreTurnedAwayUntilOneLeaves() throws IOException {
        Reader first = begun();
        begun();
        HttpResponse<String> answer = bench.get("/v1/events");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("2 readers follow the events already");
        first.close();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(status()).endsWith("200 OK"));
    }

    private String status() throws IOException {
        try (Reader reader = new Reader(bench, "")) {
            return reader.next("HTTP/1.1");
        }
    }

    @Test
    void theReceiversEndEndsTheStreamAtOnce() throws IOException {
        Reader reader = begun();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(bench.receiver::close);
        assertThat(stop).succeedsWithin(Duration.ofSeconds(5));
        assertThat(reader.next("data:")).isEqualTo("null");
    }

    @Test
    void eventsNeedTheToken() {
        assertThat(bench.send(bench.request("/v1/events")).statusCode()).isEqualTo(401);
    }
}
