package net.berth.engine.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.berth.engine.FakeCompute;
import net.berth.engine.status.ChangeLog;
import net.berth.engine.status.EventLog;
import net.berth.engine.world.World;
import net.berth.engine.write.ConfigWriter.Written;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.NicConfig;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.junit.jupiter.api.Test;

/** Writes into configs, and the image that must follow them. */
class ConfigWriterTest {
    private final FakeCompute compute = new FakeCompute();
    private final World world = new World("home", 3, Clock.systemUTC());
    private final ConfigWriter writer =
            new ConfigWriter(compute, new ChangeLog(new EventLog(Clock.systemUTC()), world));

    private Written write(GuestId id, boolean image) {
        Guest guest = compute.guests.get(id);
        AddressWrite write = new AddressWrite(
                guest.nics().getFirst().id(),
                guest.node(),
                guest.nics().getFirst().mac(),
                guest.nics().getFirst().config(),
                new NicConfig.Static(InterfaceAddress.parse("192.168.1.20/24"), "192.168.1.1"),
                List.of(),
                "");
        return writer.write(guest, List.of(new Change.WriteGuest(write, image, false, "a test")));
    }

    private GuestId vm() {
        return compute.add(GuestType.QEMU, 101, "web", new NicConfig.Dhcp());
    }

    @Test
    void aVmThatStartedWhileTheWriteWaitedForItsLockGetsItsImageAnew() {
        GuestId vm = vm();
        compute.onWrite = () -> compute.status(vm, GuestStatus.RUNNING, Duration.ofSeconds(1));
        assertThat(write(vm, false).wrote()).isTrue();
        assertThat(compute.images).containsExactly(vm);
    }

    @Test
    void aVmThatIsStillStoppedNeedsNoImage() {
        Written written = write(vm(), false);
        assertThat(written.wrote()).isTrue();
        assertThat(written.again()).isZero();
        assertThat(written.guest().nics().getFirst().config()).isInstanceOf(NicConfig.Static.class);
        assertThat(compute.images).isEmpty();
    }

    @Test
    void aVmInItsFirstSecondsGetsItsImageAnew() {
        GuestId vm = vm();
        assertThat(write(vm, true).wrote()).isTrue();
        assertThat(compute.images).containsExactly(vm);
    }

    @Test
    void aContainerHasNoImage() {
        GuestId container = compute.add(GuestType.LXC, 201, "files", new NicConfig.Dhcp());
        compute.onWrite = () -> compute.status(container, GuestStatus.RUNNING, Duration.ofSeconds(1));
        assertThat(write(container, false).wrote()).isTrue();
        assertThat(compute.images).isEmpty();
    }

    @Test
    void whileTheLockIsHeldNothingIsMadeAndItIsTriedAgainSoon() {
        GuestId vm = vm();
        compute.locked = true;
        Written written = write(vm, true);
        assertThat(written.wrote()).isFalse();
        assertThat(written.again()).isPositive().isLessThan(Duration.ofSeconds(2));
        assertThat(written.refused()).isEmpty();
        assertThat(compute.images).isEmpty();
    }

    @Test
    void aRefusalIsAConflictInProxmoxsWordsAndNotTriedAgainSoon() {
        GuestId vm = vm();
        compute.refuses = "Permission check failed (/vms/101, VM.Config.Cloudinit)";
        Written written = write(vm, true);
        assertThat(written.wrote()).isFalse();
        assertThat(written.again()).isZero();
        assertThat(written.refused()).extracting(Conflict::code).containsExactly(ConflictCode.GUEST_REFUSED);
        assertThat(written.refused().getFirst().message()).contains("VM.Config.Cloudinit");
        assertThat(compute.images).isEmpty();
    }
}
