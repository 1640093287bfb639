package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.nipap.LabRow;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.Prefix;
import net.berth.nipap.NipapIpam;
import net.berth.nipap.QuickNipap;
import net.berth.plan.GuestEdits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way of a destroyed guest's row, with two receivers side by side on one NIPAP. */
@Timeout(60)
class QuarantineTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Network LAN = new Network(
            "lan",
            "vmbr0",
            0,
            Prefix.parse("10.1.0.0/24"),
            IpAddress.parse("10.1.0.1"),
            "home.lan",
            List.of(),
            "",
            List.of());

    private final LabNipap lab = LabNipap.start();
    private final FakeCompute compute = new FakeCompute();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final List<Receiver> receivers = new ArrayList<>();
    private final GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());

    /** One receiver with time of its own. */
    private final class Receiver implements AutoCloseable {
        private final NipapIpam ipam = QuickNipap.of(lab, new Random(1));
        private final ManualTimer timer = new ManualTimer();
        private final Engine engine = Engines.usual()
                .in(LAN)
                .every(POLL, Duration.ofHours(1))
                .at(((InstantSource) now::get).withZone(ZoneOffset.UTC))
                .over(compute, ipam, new FakeRouter(), timer);

        Receiver() {
            engine.start();
            timer.advance(Duration.ZERO);
        }

        void polls(int times) {
            for (int i = 0; i < times; i++) {
                timer.advance(POLL);
            }
        }

        @Override
        public void close() {
            engine.close();
            ipam.close();
        }
    }

    @BeforeEach
    void begin() {
        compute.addStranger();
        lab.addAssignment(LAN.prefix().toString(), "lan");
        receivers.add(new Receiver());
        receivers.add(new Receiver());
        start(web);
    }

    @AfterEach
    void end() {
        receivers.forEach(Receiver::close);
        lab.close();
    }

    private HookAnswer start(GuestId guest) {
        HookEvent event = new HookEvent(guest.vmid(), HookEvent.Phase.PRE_START, "pve1", "");
        return receivers.getFirst().engine.hook(event, WAIT);
    }

    private LabRow row() {
        assertThat(lab.hosts()).hasSize(1);
        return lab.hosts().getFirst();
    }

    private Guest destroy() {
        Guest gone = compute.guests.remove(web);
        receivers.forEach(receiver -> receiver.polls(4));
        await().until(() -> row().status().equals("quarantine"));
        return gone;
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** New processes: nothing but NIPAP knows of what was. */
    private void restart() {
        receivers.forEach(Receiver::close);
        receivers.clear();
        receivers.add(new Receiver());
        receivers.add(new Receiver());
    }

    @Test
    void twoReceiversLayOneRowToRestOnceAndFreeItWhenItsTimeIsOver() {
        destroy();
        Map<String, String> avps = row().avps();
        assertThat(avps).containsEntry("berth-free-at", "2026-11-22T10:00:00Z");
        pass(Duration.ofHours(23));
        receivers.forEach(receiver -> receiver.polls(9000));
        assertThat(row().avps())
                .as("its time is not prolonged by whoever comes later")
                .isEqualTo(avps);
        pass(Duration.ofHours(2));
        receivers.forEach(receiver -> receiver.polls(9000));
        await().untilAsserted(() -> assertThat(lab.hosts()).isEmpty());
    }

    @Test
    void aRestartOfAllReceiversForgetsNothing() {
        destroy();
        restart();
        receivers.forEach(receiver -> receiver.polls(4));
        assertThat(row().status()).isEqualTo("quarantine");
        pass(Duration.ofHours(25));
        restart();
        receivers.forEach(receiver -> receiver.polls(4));
        await().untilAsserted(() -> assertThat(lab.hosts()).isEmpty());
    }

    @Test
    void aGuestThatWasRenamedBeforeItWasDestroyedRestsAndIsFreedUnderItsKey() {
        compute.rename(web, "shop");
        receivers.forEach(receiver -> receiver.polls(1));
        await().until(() -> row().node().equals("shop"));
        destroy();
        pass(Duration.ofHours(25));
        restart();
        receivers.forEach(receiver -> receiver.polls(4));
        await().untilAsserted(() -> assertThat(lab.hosts()).isEmpty());
    }

    @Test
    void aGuestThatComesBackGetsItsRestingAddressAndIsNotFreed() {
        compute.guests.put(web, destroy());
        pass(Duration.ofHours(1));
        assertThat(start(web)).isInstanceOf(HookAnswer.Settled.class);
        assertThat(row().status()).isEqualTo("assigned");
        pass(Duration.ofDays(2));
        receivers.forEach(receiver -> receiver.polls(4));
        assertThat(row().address()).isEqualTo("10.1.0.2");
        assertThat(row().status()).isNotEqualTo("quarantine");
    }

    @Test
    void aRowThatAPersonTookOverMeanwhileIsNotFreed() {
        destroy();
        lab.editHost("10.1.0.2", Map.of("authoritative_source", "nipap", "node", "printer"));
        pass(Duration.ofDays(2));
        receivers.forEach(receiver -> receiver.polls(4));
        restart();
        receivers.forEach(receiver -> receiver.polls(4));
        assertThat(row().node()).isEqualTo("printer");
    }

    @Test
    void whatCouldNotBeRemovedIsTriedAgain() {
        destroy();
        lab.mishaps().loseCall("remove_prefix");
        lab.mishaps().deadlock("remove_prefix");
        lab.mishaps().loseReply("remove_prefix");
        pass(Duration.ofHours(25));
        restart();
        receivers.forEach(receiver -> receiver.polls(4));
        await().untilAsserted(() -> {
            receivers.forEach(receiver -> receiver.polls(1));
            assertThat(lab.hosts()).isEmpty();
        });
    }

    @Test
    void aTagIsHonouredWhenTheAddressIsFreeAndOnlyOnce() {
        GuestId wishing = compute.add(GuestType.LXC, 102, "db", new NicConfig.Dhcp());
        compute.change(wishing, guest -> GuestEdits.tagged(guest, "ip-10-1-0-50"));
        assertThat(start(wishing)).isInstanceOf(HookAnswer.Settled.class);
        assertThat(lab.hosts()).extracting(LabRow::address).containsExactly("10.1.0.2", "10.1.0.50");
        compute.change(wishing, guest -> GuestEdits.tagged(guest, "ip-10-1-0-60"));
        assertThat(start(wishing)).isInstanceOf(HookAnswer.Settled.class);
        assertThat(lab.hosts()).extracting(LabRow::address).containsExactly("10.1.0.2", "10.1.0.50");
        GuestId late = compute.add(GuestType.LXC, 103, "late", new NicConfig.Dhcp());
        compute.change(late, guest -> GuestEdits.tagged(guest, "ip-10-1-0-50"));
        start(late);
        assertThat(lab.hosts()).hasSize(2);
    }
}
