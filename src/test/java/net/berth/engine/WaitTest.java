package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a start does not wait for. */
@Timeout(60)
class WaitTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final int MANY = 300;

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private final SettableClock clock = new SettableClock();
    private static final Prefix PREFIX = Prefix.parse("10.0.0.0/22");
    private static final Network WIDE = new Network(
            "lan", "vmbr0", 0, PREFIX, IpAddress.parse("10.0.0.1"), "home.lan", List.of(), "LAN", List.of());

    private final CountDownLatch over = new CountDownLatch(1);
    private final Engine engine =
            Engines.usual().in(WIDE).every(POLL, Duration.ofDays(1)).at(clock).over(compute, ipam, router, timer);

    @AfterEach
    void close() {
        over.countDown();
        engine.close();
    }

    private HookAnswer start(int vmid) {
        return engine.hook(new HookEvent(vmid, HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
    }

    private void settle() {
        router.subnets = List.of(new DhcpSubnet("LAN", PREFIX, "", List.of()));
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        engine.start();
        timer.advance(Duration.ZERO);
        assertThat(router.mappings).hasSize(1);
    }

    private void newGuests(int count) {
        for (int i = 0; i < count; i++) {
            compute.add(GuestType.LXC, 1001 + i, "new" + i, new NicConfig.Dhcp());
        }
    }

    @Test
    void theStartOfASettledGuestDoesNotWaitForHundredsThatWaitForTheRouter() {
        settle();
        router.hold = over;
        newGuests(MANY);
        for (int i = 0; i < MANY; i++) {
            engine.hook(new HookEvent(1001 + i, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ZERO);
        }
        await().atMost(WAIT).until(() -> ipam.rows.size() == 1 + MANY);

        assertThat(start(101)).isInstanceOf(HookAnswer.Settled.class);
    }

    @Test
    void norForThoseThatAPollHasFound() {
        settle();
        router.hold = over;
        newGuests(MANY);
        timer.advance(POLL);
        await().until(() -> ipam.rows.size() > 1);

        assertThat(start(101)).isInstanceOf(HookAnswer.Settled.class);
    }

    @Test
    void theClaimOfANewGuestDoesNotWaitForAListThatAPassReads() {
        settle();
        newGuests(1);
        AtomicBoolean reading = new AtomicBoolean();
        clock.advance(Duration.ofSeconds(1));
        ipam.onList = () -> {
            reading.set(true);
            hold(over);
        };
        CompletableFuture<Void> pass = CompletableFuture.runAsync(
                () -> engine.sync(SyncOptions.PLAIN), task -> Thread.ofVirtual().start(task));
        await().until(reading::get);

        assertThat(start(1001)).as("the last list is a second old").isInstanceOf(HookAnswer.Settled.class);
        assertThat(pass).isNotDone();

        over.countDown();
        pass.join();
        assertThat(ipam.rows).hasSize(2);
        assertThat(router.mappings).hasSize(2);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
