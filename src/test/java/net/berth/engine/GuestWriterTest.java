package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.berth.engine.GuestWriter.Written;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;
import net.berth.plan.Change;
import org.junit.jupiter.api.Test;

/** Writes into configs, and the image that must follow them. */
class GuestWriterTest {
    private final FakeCompute compute = new FakeCompute();
    private final GuestWriter writer = new GuestWriter(compute);

    private static Change.WriteGuest address(Guest guest, boolean image) {
        AddressWrite write = new AddressWrite(
                guest.nics().getFirst().id(),
                guest.node(),
                guest.nics().getFirst().mac(),
                InterfaceAddress.parse("192.168.1.20/24"),
                IpAddress.parse("192.168.1.1"),
                List.of(),
                "");
        return new Change.WriteGuest(write, image, false, "a test");
    }

    private Written write(GuestId id, boolean image) {
        Guest guest = compute.guests.get(id);
        return writer.write(guest, List.of(address(guest, image)));
    }

    @Test
    void aVmThatStartedWhileTheWriteWaitedForItsLockGetsItsImageAnew() {
        GuestId vm = compute.add(GuestType.QEMU, 101, "web", new NicConfig.Dhcp());
        compute.onWrite = () -> compute.status(vm, GuestStatus.RUNNING, Duration.ofSeconds(1));
        assertThat(write(vm, false).wrote()).isTrue();
        assertThat(compute.images).containsExactly(vm);
    }

    @Test
    void aVmThatIsStillStoppedNeedsNoImage() {
        GuestId vm = compute.add(GuestType.QEMU, 101, "web", new NicConfig.Dhcp());
        assertThat(write(vm, false).wrote()).isTrue();
        assertThat(compute.images).isEmpty();
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
        GuestId vm = compute.add(GuestType.QEMU, 101, "web", new NicConfig.Dhcp());
        compute.locked = true;
        Written written = write(vm, true);
        assertThat(written.wrote()).isFalse();
        assertThat(written.again()).isPositive().isLessThan(Duration.ofSeconds(2));
        assertThat(written.waiting()).contains("got timeout");
        assertThat(compute.images).isEmpty();
    }
}
