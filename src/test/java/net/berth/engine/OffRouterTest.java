package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.berth.engine.port.RealTimer;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.ReservedNames;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A network that has nothing on the router beside one that has: what stands there counts for a start as for a pass. */
@Timeout(60)
class OffRouterTest {
    private static final Mapping PERSONS =
            new Mapping("LAN", "192.168.1.0/24", "camera", "10.9.0.3", "00:00:5e:00:53:05", false);

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private final Engine engine = new Engine(
            new EngineSettings(
                    "home",
                    List.of(Nets.LAN, Nets.DMZ),
                    Engines.usual().policy(),
                    ReservedNames.NONE,
                    Duration.ofHours(1),
                    Duration.ofHours(1)),
            compute,
            ipam,
            router,
            timer,
            Clock.systemUTC(),
            new Random(1),
            new SimpleMeterRegistry());

    @AfterEach
    void close() {
        engine.close();
        timer.close();
    }

    @Test
    void anAddressThatThePassFindsInUseOnTheRouterIsNotTakenUpByAStart() {
        AddressRow byHand = ipam.human("10.9.0.3", "cam");
        router.mappings.add(PERSONS);
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        GuestId cam = compute.add(GuestType.LXC, 102, "cam", new NicConfig.Dhcp());
        compute.change(
                cam,
                guest -> GuestEdits.eachNic(
                        guest, nic -> new Nic(nic.id(), nic.mac(), Nets.DMZ.bridge(), nic.vlan(), nic.config())));
        engine.sync(SyncOptions.PLAIN);
        assertThat(engine.guest(102, true).orElseThrow().conflicts())
                .extracting(Conflict::code)
                .containsExactly(ConflictCode.FOREIGN_ENTRY);

        engine.hook(new HookEvent(102, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));

        assertThat(ipam.rows).contains(byHand);
        assertThat(router.mappings).contains(PERSONS);
    }
}
