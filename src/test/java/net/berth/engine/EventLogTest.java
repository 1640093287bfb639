package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.berth.engine.port.Peer;
import net.berth.engine.status.Event;
import net.berth.engine.status.EventLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final EventLog log = at("2026-11-20T10:00:00Z");

    private static EventLog at(String time) {
        return new EventLog(Clock.fixed(Instant.parse(time), ZoneOffset.UTC));
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            log.add(new Event.RouterCommitted(1, i));
        }
    }

    private static List<Long> numbers(List<EventLog.Entry> entries) {
        return entries.stream().map(EventLog.Entry::number).toList();
    }

    @Test
    void aNewReaderHearsOnlyWhatComes() throws InterruptedException {
        add(3);
        assertThat(log.read(log.end().number(), SHORT)).isEmpty();
        EventLog.Place place = log.end();
        add(2);
        assertThat(numbers(log.read(place.number(), SHORT))).containsExactly(4L, 5L);
    }

    @Test
    void aReaderGoesOnBehindTheLastItKnows() throws InterruptedException {
        add(5);
        String id = log.read(0, SHORT).get(2).id();
        EventLog.Place place = log.after(id);
        assertThat(place.missed()).isFalse();
        assertThat(numbers(log.read(place.number(), SHORT))).containsExactly(4L, 5L);
    }

    @Test
    void onlyTheLastAreKeptAndWhoLagsBehindThemIsTold() throws InterruptedException {
        add(1);
        String first = log.read(0, SHORT).getFirst().id();
        add(EventLog.KEPT);
        assertThat(log.after(first).missed()).isFalse();
        add(1);
        EventLog.Place place = log.after(first);
        assertThat(place.missed()).isTrue();
        assertThat(numbers(log.read(place.number(), SHORT)))
                .hasSize(EventLog.KEPT)
                .startsWith(3L)
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "x-", "x-99999999999999999999", "-1", "0-1", "<script>"})
    void anIdThatIsNotKnownBeginsWithAllThatIsKept(String id) {
        add(2);
        assertThat(log.after(id)).isEqualTo(new EventLog.Place(0, true));
    }

    @Test
    void anIdOfTheTimeBeforeARestartIsNotKnown() throws InterruptedException {
        add(2);
        EventLog next = at("2026-11-20T11:00:00Z");
        next.add(new Event.SystemUp(Peer.NIPAP));
        assertThat(next.after(log.read(0, SHORT).getFirst().id())).isEqualTo(new EventLog.Place(0, true));
    }

    @Test
    void aWaitingReaderHearsOfAnEventAtOnce() {
        CompletableFuture<List<EventLog.Entry>> heard = CompletableFuture.supplyAsync(() -> read(LONG));
        add(1);
        assertThat(heard).succeedsWithin(Duration.ofSeconds(10));
        assertThat(heard.join()).hasSize(1);
    }

    @Test
    void aWaitingReaderCanBeWoken() {
        CompletableFuture<List<EventLog.Entry>> heard = CompletableFuture.supplyAsync(() -> read(LONG));
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            log.wake();
            return heard.isDone();
        });
        assertThat(heard.join()).isEmpty();
    }

    private List<EventLog.Entry> read(Duration wait) {
        try {
            return log.read(0, wait);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
