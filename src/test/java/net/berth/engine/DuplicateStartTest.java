package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.berth.engine.port.RealTimer;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.NicConfig;
import net.berth.model.Policy;
import net.berth.plan.ConflictCode;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest whose config would bring up the address of another guest. */
@Timeout(60)
class DuplicateStartTest {
    private static final NicConfig FIXED =
            new NicConfig.Static(InterfaceAddress.parse("192.168.1.50/24"), "192.168.1.1");

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();

    @AfterEach
    void close() {
        timer.close();
    }

    private HookAnswer start(Policy.Mode mode) {
        try (Engine engine = Engines.writing().in(Nets.LAN).mode(mode).over(compute, ipam, router, timer)) {
            return engine.hook(new HookEvent(102, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));
        }
    }

    @Test
    void theAddressOfAGuestOfAnotherClusterRefusesTheStart() {
        ipam.claimed(new GuestId("away", GuestType.QEMU, 101), "192.168.1.50");
        compute.add(GuestType.QEMU, 102, "restored", FIXED);

        assertThat(start(Policy.Mode.SYNC))
                .isInstanceOfSatisfying(HookAnswer.Duplicate.class, refused -> assertThat(refused.reason())
                        .contains("192.168.1.50", "away"));
    }

    @Test
    void theAddressOfAGuestThatIsInNoListDoesNot() {
        ipam.claimed(FakeCompute.id(GuestType.QEMU, 101), "192.168.1.50");
        compute.add(GuestType.QEMU, 102, "clone", FIXED);

        assertThat(start(Policy.Mode.SYNC)).isNotInstanceOf(HookAnswer.Duplicate.class);
    }

    @Test
    void modeReportRefusesNoStartAndShowsTheConflict() {
        ipam.claimed(FakeCompute.id(GuestType.QEMU, 101), "192.168.1.50");
        compute.add(GuestType.QEMU, 101, "parent", FIXED);
        compute.add(GuestType.QEMU, 102, "clone", FIXED);
        assertThat(start(Policy.Mode.SYNC)).isInstanceOf(HookAnswer.Duplicate.class);
        ipam.rows.removeIf(row -> !row.address().toString().equals("192.168.1.50"));

        HookAnswer answer = start(Policy.Mode.REPORT);

        assertThat(answer).isNotInstanceOf(HookAnswer.Duplicate.class);
        try (Engine engine =
                Engines.writing().in(Nets.LAN).mode(Policy.Mode.REPORT).over(compute, ipam, router, timer)) {
            assertThat(engine.guest(102, true).orElseThrow().conflicts())
                    .anyMatch(conflict -> conflict.code() == ConflictCode.ADDRESS_TAKEN);
        }
    }
}
