package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.LiveAddress;
import net.berth.model.NicConfig;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.Nets;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What running guests say of their own addresses: who asks them, how many at once, and what comes of silence. */
class LiveLookTest {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final FakeCompute compute = new FakeCompute();
    private final ManualTimer timer = new ManualTimer();
    private final SettableClock clock = new SettableClock();
    private final Engine engine = Engines.writing()
            .in(Nets.LAN)
            .every(Duration.ofSeconds(10), Duration.ofDays(1))
            .at(clock)
            .over(compute, new FakeIpam(), new FakeRouter(), timer);

    @AfterEach
    void close() {
        engine.close();
    }

    private GuestId running(int vmid) {
        GuestId id = compute.add(GuestType.LXC, vmid, "ct" + vmid, new NicConfig.Dhcp());
        compute.status(id, GuestStatus.RUNNING, Duration.ofMinutes(5));
        return id;
    }

    private void says(GuestId id, String... addresses) {
        Guest guest = compute.guests.get(id);
        compute.live.put(
                id,
                List.of(addresses).stream()
                        .map(address -> new LiveAddress(guest.nics().getFirst().mac(), IpAddress.parse(address)))
                        .toList());
    }

    private GuestReport shown(GuestId id) {
        return engine.guest(id.vmid()).orElseThrow();
    }

    @Test
    void aDifferenceIsShownByALookAndByAPassAndGoesWhenItGoes() {
        GuestId web = running(201);
        engine.sync(Order.PLAIN);
        says(web, "192.168.1.77");
        assertThat(shown(web).state()).isEqualTo(GuestState.CONFLICT);
        assertThat(shown(web).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.GUEST_DIFFERS);
        assertThat(engine.plan().guests().getFirst().conflicts()).hasSize(1);
        assertThat(engine.plan().pending()).as("nothing is done about it").isFalse();
        says(web, "192.168.1.20");
        assertThat(engine.plan().guests().getFirst().conflicts()).isEmpty();
        assertThat(shown(web).state()).isEqualTo(GuestState.SETTLED);
        assertThat(shown(web).nics().getFirst().live()).hasToString("[192.168.1.20]");
    }

    @Test
    void noEventEverWaitsForIt() {
        GuestId web = running(201);
        engine.sync(Order.PLAIN);
        int asked = compute.liveAsked;
        compute.says = guest -> {
            throw new AssertionError("a hook or a poll asked " + guest.id());
        };
        for (HookEvent.Phase phase : HookEvent.Phase.values()) {
            assertThat(engine.hook(new HookEvent(web.vmid(), phase, "pve1", ""), WAIT))
                    .isInstanceOf(HookAnswer.Settled.class);
        }
        timer.advance(Duration.ofMinutes(1));
        assertThat(compute.liveAsked).isEqualTo(asked);
    }

    @Test
    void aDifferenceIsNoNewsTwiceAndAStartForgetsIt() {
        GuestId web = running(201);
        engine.sync(Order.PLAIN);
        says(web, "192.168.1.77");
        shown(web);
        HookAnswer again = engine.hook(new HookEvent(201, HookEvent.Phase.POST_START, "pve1", ""), WAIT);
        assertThat(((HookAnswer.Settled) again).report().conflicts()).hasSize(1);
        compute.status(web, GuestStatus.RUNNING, Duration.ofSeconds(2));
        HookAnswer started = engine.hook(new HookEvent(201, HookEvent.Phase.POST_START, "pve1", ""), WAIT);
        assertThat(((HookAnswer.Settled) started).report().conflicts()).isEmpty();
    }

    @Test
    void silenceIsNotADifference() {
        GuestId web = running(201);
        engine.sync(Order.PLAIN);
        assertThat(shown(web).state()).isEqualTo(GuestState.SETTLED);
        assertThat(shown(web).nics().getFirst().live()).isEmpty();
        assertThat(engine.health().up()).isTrue();
    }

    @Test
    void onlyRunningGuestsAreAskedAndNotAgainSoSoon() {
        GuestId web = running(201);
        compute.add(GuestType.LXC, 202, "stopped", new NicConfig.Dhcp());
        compute.change(running(203), FakeCompute::withoutHook);
        engine.sync(Order.PLAIN);
        says(web, shown(web).nics().getFirst().address().replace("/24", ""));
        clock.advance(Duration.ofMinutes(2));
        int asked = compute.liveAsked;
        engine.plan();
        engine.guests();
        assertThat(compute.liveAsked - asked).isEqualTo(1);
        clock.advance(Duration.ofMinutes(2));
        engine.guests();
        assertThat(compute.liveAsked - asked).isEqualTo(2);
    }

    @Test
    void fewAreAskedAtOnceAndWhoIsNotAskedInTimeStaysUnknown() {
        List<GuestId> guests = new ArrayList<>();
        for (int vmid = 201; vmid <= 212; vmid++) {
            guests.add(running(vmid));
        }
        engine.sync(Order.PLAIN);
        clock.advance(Duration.ofMinutes(2));
        int before = compute.liveAsked;
        AtomicInteger asking = new AtomicInteger();
        CountDownLatch hang = new CountDownLatch(1);
        compute.says = guest -> {
            asking.incrementAndGet();
            awaitLatch(hang);
            return List.of();
        };
        CompletableFuture<PassReport> pass = CompletableFuture.supplyAsync(
                engine::plan, work -> Thread.ofVirtual().start(work));
        await().until(() -> asking.get() == 4);
        clock.advance(Duration.ofMinutes(1));
        hang.countDown();
        assertThat(pass.join().guests()).hasSize(guests.size()).allMatch(guest -> guest.state() == GuestState.SETTLED);
        assertThat(compute.liveAsked - before).isEqualTo(4);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
