package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.berth.engine.port.RealTimer;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.router.Mapping;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A new guest's address is chosen by what the router says now, not by what it said at the last pass. */
@Timeout(60)
class NewGuestTest {
    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private final SettableClock clock = new SettableClock();
    private final Engine engine = Engines.usual().in(Nets.LAN).at(clock).over(compute, ipam, router, timer);

    @BeforeEach
    void theRouterWasSeenFiveMinutesAgo() {
        compute.add(GuestType.LXC, 101, "first", new NicConfig.Dhcp());
        assertThat(start(101)).isInstanceOf(HookAnswer.Settled.class);
        clock.advance(Duration.ofMinutes(5));
    }

    @AfterEach
    void close() {
        engine.close();
        timer.close();
    }

    private HookAnswer start(int vmid) {
        return engine.hook(new HookEvent(vmid, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));
    }

    @Test
    void theMappingThatAPersonHasMadeForItsMacMeanwhileIsAdopted() {
        GuestId web = compute.add(GuestType.LXC, 102, "web", new NicConfig.Dhcp());
        String mac = compute.guests.get(web).nics().getFirst().mac().text();
        router.mappings.add(new Mapping("LAN", "192.168.1.0/24", "by-hand", "192.168.1.50", mac, false));

        assertThat(start(102)).isInstanceOf(HookAnswer.Settled.class);

        assertThat(ipam.of(new NicId(web, 0)).orElseThrow().address()).hasToString("192.168.1.50");
    }

    @Test
    void anAddressThatAPersonHasGivenToAnotherMachineMeanwhileIsNotChosen() {
        GuestId web = compute.add(GuestType.LXC, 102, "web", new NicConfig.Dhcp());
        router.mappings.add(new Mapping("LAN", "192.168.1.0/24", "laptop", "192.168.1.21", "00:11:22:33:44:55", false));

        assertThat(start(102)).isInstanceOf(HookAnswer.Settled.class);

        assertThat(ipam.of(new NicId(web, 0)).orElseThrow().address()).hasToString("192.168.1.22");
    }
}
