package net.berth.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.berth.lab.proxmox.Faults;
import net.berth.lab.proxmox.PveOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxmoxProbeTest {
    private static final int GUESTS = 80;

    /** All configs take longer than the deadline of one call: calls made at once would wait for each other beyond it. */
    @Test
    void theGuestsOfALargeClusterAreAllRead(@TempDir Path folder) {
        try (LabFixture fixture = new LabFixture(PveOptions.quick(), folder)) {
            for (int vmid = 1000; vmid < 1000 + GUESTS; vmid++) {
                fixture.lab.createVm(vmid, "pve1", Map.of("name", "many-" + vmid, "net0", "virtio,bridge=vmbr0"));
            }
            ProxmoxSettings usual = LabFixture.settings(fixture.lab, List.of(fixture.lab.url()));
            Duration deadline = Duration.ofSeconds(2);
            ProxmoxSettings settings = new ProxmoxSettings(
                    usual.urls(),
                    usual.cluster(),
                    usual.token(),
                    usual.trust(),
                    new ProxmoxSettings.Limits(deadline, deadline, deadline, 2, 1 << 20));
            try (Faults.Standing slow =
                            fixture.lab.faults().slow(call -> call.path().endsWith("/config"), Duration.ofMillis(100));
                    ProxmoxProbe probe = new ProxmoxProbe(settings)) {
                ProxmoxProbe.Guests guests = probe.guests();
                assertThat(slow).isNotNull();
                assertThat(guests.problems()).isEmpty();
                assertThat(guests.all()).hasSizeGreaterThan(GUESTS);
            }
        }
    }
}
