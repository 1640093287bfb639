package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import net.berth.engine.port.PeerException;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection to the router ends behind a commit: what it put there is known to nobody but who sent it. */
@Timeout(60)
class LostAnswerTest {
    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private final Engine engine = Engines.usual().in(Nets.LAN).over(compute, ipam, router, timer);

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatItPutThereGoesThoughItsGuestAndItsRowAreGoneBeforeTheRouterIsSeenAgain(boolean down) {
        GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        router.answerLost = true;
        HookEvent start = new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", "");
        assertThatThrownBy(() -> engine.hook(start, Duration.ofSeconds(20))).isInstanceOf(PeerException.class);
        assertThat(router.mappings).hasSize(1);
        compute.guests.remove(web);
        ipam.rows.clear();
        router.down = down;

        assertThat(catchThrowable(() -> engine.sync(101, SyncOptions.PLAIN)) != null)
                .as("what cannot be looked at is no success")
                .isEqualTo(down);
        router.down = false;

        await().untilAsserted(() -> {
            timer.advance(Duration.ofMinutes(1));
            assertThat(router.mappings).isEmpty();
            assertThat(router.records).isEmpty();
        });
    }
}
