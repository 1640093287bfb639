package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import net.berth.engine.port.Compute.History;
import net.berth.engine.port.RealTimer;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A VM starts for the first time in the first second of a receiver. */
@Timeout(60)
class FirstSecondTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final FakeCompute compute = new FakeCompute();
    private final RealTimer timer = new RealTimer();
    private final Engine engine = Engines.writing().in(Nets.LAN).over(compute, new FakeIpam(), new FakeRouter(), timer);
    private final GuestId vm = compute.add(GuestType.QEMU, 101, "web", new NicConfig.Dhcp());

    @AfterEach
    void close() {
        engine.close();
        timer.close();
    }

    private HookAnswer hook(HookEvent.Phase phase) {
        return engine.hook(new HookEvent(101, phase, "pve1", ""), WAIT);
    }

    @Test
    void theAddressIsWrittenThoughTheFirstPassIsUnderWay() {
        compute.histories.put(vm, History.NEVER_RAN);
        CountDownLatch list = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicBoolean reading = new AtomicBoolean();
        compute.onList = () -> {
            if (first.compareAndSet(true, false)) {
                reading.set(true);
                hold(list);
            }
        };
        engine.start();
        await().until(reading::get);
        assertThat(hook(HookEvent.Phase.PRE_START)).isInstanceOf(HookAnswer.Settled.class);
        compute.status(vm, GuestStatus.RUNNING, Duration.ofSeconds(1));
        compute.locked = false;
        list.countDown();

        assertThat(hook(HookEvent.Phase.POST_START)).isInstanceOf(HookAnswer.Settled.class);

        await().until(() -> !compute.writes.isEmpty());
        await().until(() -> compute.images.contains(vm));
    }

    @Test
    void theAddressIsWrittenByTheFirstPassThoughTheStartCameBeforeTheReceiver() {
        compute.histories.put(vm, History.NEVER_RAN);
        compute.status(vm, GuestStatus.RUNNING, Duration.ofSeconds(2));

        engine.start();

        await().until(() -> compute.images.contains(vm));
        assertThat(compute.writes).hasSize(1);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
