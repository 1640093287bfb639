package net.berth.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import net.berth.engine.ManualTimer;
import net.berth.engine.reconcile.GuestRuns.Settled;
import net.berth.engine.run.Request;
import net.berth.engine.run.Run.Done;
import net.berth.engine.schedule.GuestQueue.Ticket;
import net.berth.engine.world.World;
import net.berth.engine.write.Backoff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One run at a time per VMID; which request a run serves, and when the next one comes. */
@Timeout(60)
class GuestQueueTest {
    private static final Done OVER = new Done(Duration.ZERO, false);

    private final ManualTimer timer = new ManualTimer();
    private final List<Request> runs = new CopyOnWriteArrayList<>();
    private final CountDownLatch busy = new CountDownLatch(1);
    private volatile Done outcome = OVER;
    private volatile Throwable[] failure = {};
    private final GuestQueue queue = new GuestQueue(
            this::run, new World("home", 3, Clock.systemUTC()), timer, new Backoff(new Random(1), timer));

    @AfterEach
    void close() {
        busy.countDown();
        queue.close();
    }

    private Done run(int vmid, Request request, Consumer<Optional<Settled>> ready) {
        runs.add(request);
        if (vmid != 101) {
            hold();
        }
        for (Throwable problem : failure) {
            failure = new Throwable[0];
            throwUnchecked(problem);
        }
        ready.accept(Optional.empty());
        return outcome;
    }

    private static void throwUnchecked(Throwable problem) {
        if (problem instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) problem;
    }

    private void hold() {
        try {
            busy.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aStartStaysAStartWhenAPollAsksWhileItWaits() {
        Ticket first = queue.request(102, Request.LOOK);
        await().until(() -> runs.size() == 1);
        Ticket start = queue.request(102, Request.START);
        Ticket poll = queue.request(102, Request.LOOK);

        busy.countDown();

        assertThat(first.done().join()).isEqualTo(OVER);
        assertThat(start.done().join()).isEqualTo(OVER);
        assertThat(poll.done().join()).isEqualTo(OVER);
        assertThat(runs).containsExactly(Request.LOOK, Request.START);
    }

    @Test
    void theEventAfterAStartEndsIt() {
        queue.request(102, Request.LOOK);
        await().until(() -> runs.size() == 1);
        queue.request(102, Request.START);
        Ticket event = queue.request(102, Request.EVENT);

        busy.countDown();

        assertThat(event.done().join()).isEqualTo(OVER);
        assertThat(runs).containsExactly(Request.LOOK, Request.EVENT);
    }

    @Test
    void startsAreNotHeldBackByManyRunsThatNoHookWaitsFor() {
        for (int vmid = 1001; vmid < 1301; vmid++) {
            queue.request(vmid, Request.LOOK);
        }
        await().until(() -> runs.size() == 64);
        assertThat(queue.request(101, Request.START).done().join()).isEqualTo(OVER);
        assertThat(runs).hasSize(65);
    }

    @Test
    void anErrorEndsOneRunAndNotTheLane() {
        failure = new Throwable[] {new NoClassDefFoundError("net/berth/Late")};
        Ticket failed = queue.request(101, Request.START);
        assertThatThrownBy(failed.ready()::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(queue.request(101, Request.START).done().join()).isEqualTo(OVER);
    }

    @Test
    void aFailedRunIsTriedAgainByItself() {
        failure = new Throwable[] {new IllegalStateException("once")};
        Ticket failed = queue.request(101, Request.EVENT);
        assertThatThrownBy(failed.done()::join).isInstanceOf(CompletionException.class);
        assertThat(timer.waits()).hasSize(1).allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) < 0);

        timer.advance(Duration.ofSeconds(1));

        await().until(() -> runs.size() == 2);
        assertThat(runs.getLast()).isEqualTo(Request.LOOK);
    }

    @Test
    void aRunThatAsksForAnotherGetsItAndARequestBeforeReplacesIt() {
        outcome = new Done(Duration.ofSeconds(10), false);
        assertThat(queue.request(101, Request.EVENT).done().join()).isEqualTo(outcome);
        await().until(() -> timer.waits().equals(List.of(Duration.ofSeconds(10))));
        timer.advance(Duration.ofSeconds(4));
        outcome = OVER;
        assertThat(queue.request(101, Request.EVENT).done().join()).isEqualTo(OVER);

        timer.advance(Duration.ofMinutes(1));

        assertThat(runs).hasSize(2);
        assertThat(timer.waits()).isEmpty();
    }

    @Test
    void anOrderToWriteStaysOpenWhileTheWriteWaitsAndNoLonger() {
        outcome = new Done(Duration.ofSeconds(1), true);
        queue.request(101, Request.order(true)).done().join();
        await().until(() -> timer.waits().size() == 1);
        outcome = new Done(Duration.ofSeconds(1), false);
        timer.advance(Duration.ofSeconds(1));
        await().until(() -> runs.size() == 2 && timer.waits().size() == 1);
        outcome = OVER;
        timer.advance(Duration.ofSeconds(1));
        await().until(() -> runs.size() == 3);

        assertThat(runs.stream().map(Request::writeBack)).containsExactly(true, true, false);
    }

    @Test
    void aLaterRunIsNotAskedForTwice() {
        queue.requestLater(101, Duration.ofSeconds(5), Request.LOOK);
        queue.requestLater(101, Duration.ofSeconds(9), Request.LOOK);
        timer.advance(Duration.ofSeconds(20));
        await().until(() -> runs.size() == 1);
        assertThat(timer.waits()).isEmpty();
    }
}
