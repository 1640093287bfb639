package net.berth.engine.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hundreds of threads want at once is read once. */
@Timeout(60)
class SharedReadTest {
    private static final int MANY = 100;

    private final SharedRead shared = new SharedRead();
    private final AtomicReference<String> known = new AtomicReference<>("");
    private final AtomicInteger reads = new AtomicInteger();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private String ask(boolean fails) {
        return shared.get(() -> Optional.of(known.get()).filter(text -> !text.isEmpty()), () -> read(fails));
    }

    private String read(boolean fails) {
        reads.incrementAndGet();
        hold(answer);
        if (fails) {
            throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "no answer");
        }
        known.set("read");
        return "read";
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<String> asking(boolean fails) {
        return CompletableFuture.supplyAsync(
                () -> ask(fails), task -> threads.add(Thread.ofVirtual().start(task)));
    }

    private List<CompletableFuture<String>> many(boolean fails) {
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(asking(fails));
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        return all;
    }

    @Test
    void whoAsksWhileItIsReadGetsWhatIsRead() {
        List<CompletableFuture<String>> all = many(false);
        answer.countDown();
        assertThat(all).allMatch(one -> one.join().equals("read"));
        assertThat(reads).hasValue(1);
    }

    @Test
    void hundredsThatWaitForASystemThatHangsDoNotEachWaitForItOnceMore() {
        List<CompletableFuture<String>> all = many(true);
        answer.countDown();
        all.forEach(one -> assertThatThrownBy(one::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(PeerException.class));
        assertThat(reads.get())
                .as("those that came during the first read get the next one")
                .isBetween(1, 2);
    }

    @Test
    void afterAFailureTheNextCallerReads() {
        answer.countDown();
        assertThatThrownBy(() -> ask(true)).isInstanceOf(PeerException.class);
        assertThat(ask(false)).isEqualTo("read");
    }

    @Test
    void whatIsKnownIsNotReadEvenWhileAnotherReads() {
        CompletableFuture<String> other = asking(false);
        await().until(() -> reads.get() == 1);
        known.set("known");
        assertThat(ask(false)).isEqualTo("known");
        answer.countDown();
        assertThat(other.join()).isEqualTo("read");
    }

    @Test
    void noReadOverlapsWhatExcludesReads() {
        CompletableFuture<String> session = CompletableFuture.supplyAsync(
                () -> shared.alone(() -> {
                    hold(answer);
                    known.set("after the session");
                    return "done";
                }),
                task -> threads.add(Thread.ofVirtual().start(task)));
        await().until(() -> threads.getFirst().getState() == Thread.State.WAITING);
        CompletableFuture<String> other = asking(false);
        await().until(() -> threads.getLast().getState() == Thread.State.WAITING);
        answer.countDown();
        assertThat(session.join()).isEqualTo("done");
        assertThat(other.join()).isEqualTo("after the session");
        assertThat(reads).hasValue(0);
    }
}
