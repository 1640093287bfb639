package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.row.AddressRow;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A list of guests that came late shows what is not so any more: nothing is let go because of it. */
@Timeout(60)
class LateListTest {
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final int GUESTS = 6;

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final ManualTimer timer = new ManualTimer();
    private final SettableClock clock = new SettableClock();
    private final Engine engine = Engines.writing()
            .in(Nets.LAN)
            .every(POLL, Duration.ofDays(1))
            .at(clock)
            .over(compute, ipam, new FakeRouter(), timer);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whoIsHeldBetweenTwoLooksIsNotReleasedByAListThatShowsTheOthersOnceMore() throws InterruptedException {
        compute.addStranger();
        Map<GuestId, Guest> guests = new HashMap<>();
        List<GuestId> ids = new ArrayList<>();
        for (int vmid = 201; vmid < 201 + GUESTS; vmid++) {
            GuestId id = compute.add(GuestType.LXC, vmid, "g" + vmid, new NicConfig.Dhcp());
            ids.add(id);
            guests.put(id, compute.guests.get(id));
        }
        engine.start();
        timer.advance(Duration.ZERO);
        await().until(() -> ipam.rows.size() == GUESTS);

        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ipam.asked = guest -> {
            if (guest.equals(ids.getFirst())) {
                asked.countDown();
                awaitQuietly(answer);
            }
        };
        compute.destroyAll();
        timer.advance(POLL);
        timer.advance(POLL);
        asked.await();
        compute.guests.putAll(guests);
        timer.advance(POLL);
        compute.destroyAll();
        ipam.asked = guest -> {};
        answer.countDown();
        // Its own run comes after the one that waited.
        engine.sync(ids.getFirst().vmid(), SyncOptions.PLAIN);
        assertThat(ipam.rows).hasSize(GUESTS).noneMatch(AddressRow::quarantined);

        timer.advance(POLL);
        timer.advance(POLL);
        await().untilAsserted(() -> assertThat(engine.plan().conflicts()).hasSize(1));
        assertThat(ipam.rows).hasSize(GUESTS).noneMatch(AddressRow::quarantined);
    }

    @Test
    void aListThatOneBegunAfterItHasOvertakenDoesNotCountAgainstAGuest() throws InterruptedException {
        compute.add(GuestType.LXC, 100, "bystander", new NicConfig.Dhcp());
        GuestId web = compute.add(GuestType.LXC, 201, "web", new NicConfig.Dhcp());
        Guest made = compute.guests.get(web);
        begin();

        compute.guests.remove(web);
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch arrives = new CountDownLatch(1);
        compute.onList = () -> {
            compute.onList = () -> {};
            under.countDown();
            awaitQuietly(arrives);
        };
        Thread poll = Thread.ofVirtual().start(() -> timer.advance(POLL));
        under.await();
        compute.guests.put(web, made);
        engine.plan();
        arrives.countDown();
        poll.join();

        thenTwoListsAreNeeded(web);
    }

    @Test
    void aGuestThatAnOvertakenListShowsIsNotMissing() throws InterruptedException {
        compute.add(GuestType.LXC, 100, "bystander", new NicConfig.Dhcp());
        GuestId web = compute.add(GuestType.LXC, 201, "web", new NicConfig.Dhcp());
        Guest made = compute.guests.get(web);
        begin();

        compute.guests.remove(web);
        timer.advance(POLL);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        compute.beforeList = () -> {
            compute.beforeList = () -> {};
            asked.countDown();
            awaitQuietly(goesOn);
        };
        Thread poll = Thread.ofVirtual().start(() -> timer.advance(POLL));
        asked.await();
        engine.plan();
        compute.guests.put(web, made);
        goesOn.countDown();
        poll.join();

        thenTwoListsAreNeeded(web);
    }

    @Test
    void aListThatHadToWaitToBeCountedDoesNotCountAgainstAGuestThatALaterOneShows() throws InterruptedException {
        compute.add(GuestType.LXC, 100, "bystander", new NicConfig.Dhcp());
        GuestId web = compute.add(GuestType.LXC, 201, "web", new NicConfig.Dhcp());
        Guest made = compute.guests.get(web);
        begin();
        engine.sync(web.vmid(), SyncOptions.PLAIN);

        compute.guests.remove(web);
        CountDownLatch pollsList = new CountDownLatch(1);
        CountDownLatch pollGoesOn = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(1);
        CountDownLatch laterGoesOn = new CountDownLatch(1);
        compute.onList = () -> {
            pollsList.countDown();
            awaitQuietly(pollGoesOn);
        };
        Thread poll = Thread.ofVirtual().start(() -> timer.advance(POLL));
        pollsList.await();
        compute.guests.put(web, made);
        clock.advance(POLL);
        compute.onList = () -> {
            later.countDown();
            awaitQuietly(laterGoesOn);
        };
        // An event from another node than the one that it was seen on: it is looked for in a list.
        Thread hook = Thread.ofVirtual()
                .start(() -> engine.hook(new HookEvent(201, HookEvent.Phase.PRE_START, "pve9", ""), POLL));
        later.await();
        pollGoesOn.countDown();
        poll.join();
        laterGoesOn.countDown();
        hook.join();
        compute.onList = () -> {};

        thenTwoListsAreNeeded(web);
    }

    private void begin() {
        engine.start();
        timer.advance(Duration.ZERO);
        await().until(() -> ipam.rows.size() == 2);
    }

    private void thenTwoListsAreNeeded(GuestId guest) {
        compute.guests.remove(guest);
        timer.advance(POLL);
        engine.sync(guest.vmid(), SyncOptions.PLAIN);
        assertThat(ipam.rows).hasSize(2).noneMatch(AddressRow::quarantined);

        timer.advance(POLL);
        await().until(() -> ipam.rows.stream().anyMatch(AddressRow::quarantined));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
