package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import net.berth.engine.port.RealTimer;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many new guests start before the first pass is over: none of them reads all configs for itself. */
@Timeout(60)
class FirstPassHerdTest {
    private static final int OLD = 40;
    private static final int NEW = 50;

    private final FakeCompute compute = new FakeCompute();
    private final RealTimer timer = new RealTimer();
    private final Engine engine = Engines.usual().in(Nets.LAN).over(compute, new FakeIpam(), new FakeRouter(), timer);

    @AfterEach
    void close() {
        engine.close();
        timer.close();
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void eachConfigIsReadOnceByThePassOrByItsOwnStart() {
        for (int i = 0; i < OLD; i++) {
            compute.change(
                    compute.add(GuestType.LXC, 101 + i, "old" + i, new NicConfig.Dhcp()), FakeCompute::withoutHook);
        }
        CountDownLatch configs = new CountDownLatch(1);
        AtomicBoolean reading = new AtomicBoolean();
        compute.onRead = () -> {
            // The reads for starts are answered at once, those of the pass are not.
            if (!Thread.currentThread().getName().startsWith("guest-")) {
                reading.set(true);
                hold(configs);
            }
        };
        engine.start();
        await().until(reading::get);
        for (int i = 0; i < NEW; i++) {
            compute.add(GuestType.LXC, 301 + i, "new" + i, new NicConfig.Dhcp());
        }
        List<CompletableFuture<HookAnswer>> starts = new ArrayList<>();
        for (int i = 0; i < NEW; i++) {
            HookEvent start = new HookEvent(301 + i, HookEvent.Phase.PRE_START, "pve1", "");
            starts.add(CompletableFuture.supplyAsync(
                    () -> engine.hook(start, Duration.ofSeconds(40)),
                    task -> Thread.ofVirtual().start(task)));
        }
        await().until(() -> compute.reads >= NEW);

        configs.countDown();

        assertThat(starts).allMatch(start -> start.join() instanceof HookAnswer.Settled);
        assertThat(compute.reads).isEqualTo(OLD + NEW);
    }
}
