package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A class that cannot be loaded, or another error, ends one run, one session or one pass, and nothing for good. */
@Timeout(60)
class ErrorTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration PASS = Duration.ofMinutes(10);

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final Engine engine = Engines.usual().in(Nets.LAN).every(POLL, PASS).over(compute, ipam, router, timer);

    @BeforeEach
    void routerBreaks() {
        router.onApply = this::breakOnce;
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void breakOnce() {
        if (broken.compareAndSet(true, false)) {
            throw new NoClassDefFoundError("net/berth/Late");
        }
    }

    private HookAnswer start(int vmid) {
        return engine.hook(new HookEvent(vmid, HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
    }

    @Test
    void aGuestWhoseRunEndedInAnErrorStartsTheNextTime() {
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        broken.set(true);
        compute.onRead = this::breakOnce;

        assertThatThrownBy(() -> start(101)).isInstanceOf(IllegalStateException.class);

        assertThat(start(101)).isInstanceOf(HookAnswer.Settled.class);
    }

    @Test
    void aGuestWhoseRunEndedInAnErrorIsTriedAgainWithoutAnEvent() {
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        broken.set(true);
        compute.onRead = this::breakOnce;
        assertThatThrownBy(() -> start(101)).isInstanceOf(IllegalStateException.class);
        await().until(() -> !timer.waits().isEmpty());

        timer.advance(Duration.ofSeconds(1));

        await().until(() -> router.mappings.size() == 1);
    }

    @Test
    void theRouterIsUsedAfterASessionThatEndedInAnError() {
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        compute.add(GuestType.LXC, 102, "db", new NicConfig.Dhcp());
        broken.set(true);

        assertThatThrownBy(() -> start(101)).isInstanceOf(IllegalStateException.class);

        assertThat(start(102)).isInstanceOf(HookAnswer.Settled.class);
        assertThat(start(101)).isInstanceOf(HookAnswer.Settled.class);
    }

    @Test
    void passesAndPollsGoOnAfterAnError() {
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        broken.set(true);
        compute.beforeList = this::breakOnce;
        engine.start();
        timer.advance(Duration.ZERO);
        assertThat(ipam.rows).isEmpty();

        timer.advance(POLL.multipliedBy(3));
        await().until(() -> router.mappings.size() == 1);
        broken.set(true);
        timer.advance(POLL);
        assertThat(broken).as("the poll ended in an error").isFalse();
        compute.add(GuestType.LXC, 102, "db", new NicConfig.Dhcp());
        timer.advance(POLL);

        await().until(() -> router.mappings.size() == 2);
    }
}
