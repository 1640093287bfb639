package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import net.berth.lab.proxmox.PveOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A receiver that lacks rights in Proxmox says which, and goes on with what it may do. */
class RightsAtStartTest {
    @Test
    void whatIsMissingIsWarnedOfWithTheLinesThatGiveItAndTheReceiverWorks() {
        try (LabHouse house = LabHouse.withoutReceiver(PveOptions.Timings.quick(), Map.of())) {
            house.pve().acl().grant("/vms", "VM.Audit", "VM.Config.Cloudinit");
            house.startReceiver();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> house.receiverLog()
                    .contains("VM.Config.Network on /vms is missing"));
            assertThat(house.receiverLog())
                    .contains("pveum acl modify /vms --users berth@pve --tokens 'berth@pve!berth' --roles Berth")
                    .doesNotContain("SDN.Use on", house.pve().tokenSecret());
            house.afterFirstPass();
        }
    }
}
