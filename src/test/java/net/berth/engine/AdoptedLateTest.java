package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.row.AddressRow;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person's row is taken over for a guest that is there, not for one that was there when it was read. */
@Timeout(60)
class AdoptedLateTest {
    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final SettableClock clock = new SettableClock();
    private final Engine engine = Engines.writing()
            .in(Nets.LAN)
            .at(clock)
            .every(Duration.ofDays(1), Duration.ofDays(1))
            .over(compute, ipam, new FakeRouter(), new ManualTimer());

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aRowWrittenWhileAClaimWaitsForItsTurnIsNotAdoptedForAGuestThatHasGone() {
        compute.addStranger();
        GuestId web = compute.add(GuestType.LXC, 201, "web", new NicConfig.Dhcp());
        List<AddressRow> byHand = new ArrayList<>();
        AtomicInteger questions = new AtomicInteger();
        ipam.asked = guest -> {
            if (questions.incrementAndGet() == 1) {
                clock.advance(Duration.ofSeconds(10));
                byHand.add(ipam.human("192.168.1.77", "web", "berth"));
                compute.guests.remove(web);
            }
        };
        engine.sync(201, SyncOptions.PLAIN);
        assertThat(byHand).hasSize(1);
        assertThat(ipam.rows).containsExactlyElementsOf(byHand);
    }
}
