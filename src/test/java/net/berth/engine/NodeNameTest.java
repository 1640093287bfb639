package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.berth.engine.port.RealTimer;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.router.Mapping;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest is called as a node of its cluster. */
@Timeout(60)
class NodeNameTest {
    private final FakeCompute compute = new FakeCompute();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private final Engine engine = Engines.writing().in(Nets.LAN).over(compute, new FakeIpam(), router, timer);

    @AfterEach
    void close() {
        engine.close();
        timer.close();
    }

    @Test
    void theGuestGetsItsAddressAndNotTheNodesName() {
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        engine.sync(SyncOptions.PLAIN);
        compute.add(GuestType.LXC, 102, "pve1", new NicConfig.Dhcp());

        engine.hook(new HookEvent(102, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));

        assertThat(router.mappings).extracting(Mapping::name).containsExactly("web", "ct102-net0");
        assertThat(engine.guest(102, true).orElseThrow().conflicts())
                .extracting(Conflict::code)
                .containsExactly(ConflictCode.NAME_TAKEN);
    }
}
