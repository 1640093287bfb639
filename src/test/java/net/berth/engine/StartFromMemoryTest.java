package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.RealTimer;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.router.Mapping;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While NIPAP is down a guest is settled only as far as the router, which can be asked, says so too. */
@Timeout(60)
class StartFromMemoryTest {
    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private final CountDownLatch over = new CountDownLatch(1);
    private final SettableClock clock = new SettableClock();
    private final Engine engine = Engines.usual().in(Nets.LAN).at(clock).over(compute, ipam, router, timer);

    @BeforeEach
    void settle() {
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        assertThat(start()).isInstanceOf(HookAnswer.Settled.class);
        ipam.down = true;
        clock.advance(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        over.countDown();
        engine.close();
        timer.close();
    }

    private HookAnswer start() {
        return engine.hook(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));
    }

    @Test
    void oneThatTheRouterKnowsAsRememberedIsSettled() {
        int reads = router.reads;
        assertThat(start()).isInstanceOf(HookAnswer.Settled.class);
        assertThat(router.reads).isEqualTo(reads + 1);
    }

    @Test
    void oneThatAnotherReceiverHasGivenAnotherMacOnTheRouterSinceIsNot() {
        Mapping known = router.mappings.getFirst();
        router.mappings.set(
                0,
                new Mapping(
                        known.sharedNetwork(),
                        known.subnet(),
                        known.name(),
                        known.addressText(),
                        "00:11:22:33:44:55",
                        false));

        assertThatThrownBy(this::start).isInstanceOf(PeerException.class).hasMessageContaining("NIPAP");
    }

    @Test
    void aRouterThatIsDownTooHoldsNoStartUp() {
        router.down = true;

        assertThat(start()).isInstanceOf(HookAnswer.Settled.class);
    }

    @Test
    void aRouterThatDoesNotAnswerInTimeHoldsNoStartUpEither() {
        router.onRead = () -> FakeRouter.await(over);

        assertThat(start()).isInstanceOf(HookAnswer.Settled.class);
        assertThat(over.getCount()).as("it has not answered yet").isEqualTo(1);
    }

    @Test
    void norDoesOneThatWasSeenLastBeforeMoreThanAPass() {
        clock.advance(Duration.ofHours(2));
        router.onRead = () -> FakeRouter.await(over);

        assertThat(start()).isInstanceOf(HookAnswer.Settled.class);
        assertThat(over.getCount()).as("it has not answered yet").isEqualTo(1);
    }
}
