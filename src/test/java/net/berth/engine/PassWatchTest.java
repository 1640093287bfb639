package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.RealTimer;
import net.berth.engine.report.Health.PassHealth;
import net.berth.engine.report.PassSteps;
import net.berth.engine.report.PassSteps.Part;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a pass can see how far it is. */
@Timeout(60)
class PassWatchTest {
    private final FakeCompute compute = new FakeCompute();
    private final List<PassHealth> seen = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicReference<Engine> running = new AtomicReference<>();

    /** Looks at the health with each call to Proxmox: always in the middle of something. */
    private Compute watched() {
        return (Compute) Proxy.newProxyInstance(
                Compute.class.getClassLoader(), new Class<?>[] {Compute.class}, (proxy, method, arguments) -> {
                    if (down.get()) {
                        throw new PeerException(Peer.PROXMOX, PeerException.Kind.DOWN, "Proxmox is away");
                    }
                    Object answer;
                    try {
                        answer = method.invoke(compute, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                    seen.addAll(running.get().health().passes());
                    return answer;
                });
    }

    @Test
    void aPassTellsHowManyGuestsItHasReadAndMendedAndIsGoneAtItsEnd() {
        for (int vmid = 101; vmid <= 104; vmid++) {
            compute.add(GuestType.LXC, vmid, "g" + vmid, new NicConfig.Dhcp());
        }
        try (RealTimer timer = new RealTimer();
                Engine engine = Engines.usual().forAll().over(watched(), new FakeIpam(), new FakeRouter(), timer)) {
            running.set(engine);
            assertThat(engine.health().passes()).isEmpty();
            assertThat(engine.sync(SyncOptions.PLAIN).guests()).hasSize(4);
            assertThat(engine.health().passes()).isEmpty();
            assertThat(seen).allSatisfy(pass -> assertThat(pass.done()).isLessThanOrEqualTo(pass.total()));
            assertThat(seen).contains(new PassHealth(Part.READING, 0, 4));

            CountingSteps plan = new CountingSteps();
            engine.plan(plan);
            assertThat(plan.told).containsExactly("reading 4", "step", "step", "step", "step");
        }
    }

    @Test
    void aPassThatFailsIsGoneToo() {
        try (RealTimer timer = new RealTimer();
                Engine engine = Engines.usual().forAll().over(watched(), new FakeIpam(), new FakeRouter(), timer)) {
            running.set(engine);
            down.set(true);
            assertThatThrownBy(() -> engine.sync(SyncOptions.PLAIN)).isInstanceOf(PeerException.class);
            assertThat(engine.health().passes()).isEmpty();
        }
    }

    private static final class CountingSteps implements PassSteps {
        private final List<String> told = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void part(Part part, int steps) {
            told.add(part + " " + steps);
        }

        @Override
        public void step() {
            told.add("step");
        }
    }
}
