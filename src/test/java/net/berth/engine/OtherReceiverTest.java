package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.berth.engine.port.RealTimer;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two receivers for one cluster: each start may come to any of them. */
@Timeout(60)
class OtherReceiverTest {
    private static final MacAddress ANOTHER = new MacAddress("BC:24:11:00:FF:01");

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private final Engine one = Engines.usual().in(Nets.LAN).over(compute, ipam, router, timer);
    private final Engine other = Engines.usual().in(Nets.LAN).over(compute, ipam, router, timer);

    @AfterEach
    void close() {
        one.close();
        other.close();
        timer.close();
    }

    private static HookAnswer start(Engine engine) {
        return start(engine, Duration.ofSeconds(20));
    }

    private static HookAnswer start(Engine engine, Duration wait) {
        return engine.hook(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""), wait);
    }

    private void give(GuestId guest, MacAddress mac) {
        compute.change(
                guest,
                before -> GuestEdits.eachNic(
                        before, nic -> new Nic(nic.id(), mac, nic.bridge(), nic.vlan(), nic.config())));
    }

    @Test
    void aRowThatAnotherHasChangedIsNotComparedWithAnOlderViewOfTheRouter() {
        GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        assertThat(start(one)).isInstanceOf(HookAnswer.Settled.class);
        give(web, ANOTHER);
        assertThat(start(other)).isInstanceOf(HookAnswer.Settled.class);
        int batches = router.batches.size();

        assertThat(start(one)).isInstanceOf(HookAnswer.Settled.class);

        assertThat(router.batches).as("the other has put it right").hasSize(batches);
    }
}
