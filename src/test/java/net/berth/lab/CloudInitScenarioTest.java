package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.BiFunction;
import net.berth.lab.proxmox.LabTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * When cloud-init takes a VM for a new machine: never at a later start because of Berth, and at the next one when a person
 * asked for it. {@code instances} counts, by the real rule for the instance-id.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudInitScenarioTest {
    private LabLives lives;

    @BeforeAll
    void open() {
        lives = new LabLives(Map.of("release-after: 3s", "release-after: 10m"));
        // An empty list would count as a lost right.
        lives.container(200, "witness", "name=eth0,bridge=vmbr0,ip=dhcp");
    }

    @AfterAll
    void close() {
        lives.close();
    }

    private int instances(int vmid) {
        return lives.pve().machine(vmid).instances();
    }

    private void startsAgain(int vmid) {
        lives.stop(vmid);
        int boots = lives.pve().machine(vmid).boots();
        lives.start(vmid);
        await().atMost(LabLives.PATIENCE).until(() -> lives.pve().machine(vmid).boots() > boots);
        lives.settles(vmid);
    }

    private void isHeld(int vmid) {
        await().atMost(LabLives.PATIENCE).untilAsserted(() -> {
            JsonNode nic = lives.shown(vmid).at("/nics/0");
            assertThat(nic.path("guest").asText()).isEqualTo("held");
            assertThat(nic.path("note").asText()).isEqualTo("already booted; address comes by DHCP");
        });
        assertThat(lives.pve().config(vmid, "ipconfig0")).isEqualTo("ip=dhcp");
    }

    private static void ranWithoutHook(LabLives lives, int vmid, String name) {
        lives.vmWithoutHook(vmid, name);
        lives.start(vmid);
        await().atMost(LabLives.PATIENCE).until(() -> lives.pve().machine(vmid).boots() == 1);
        LabLives.succeeded(lives.pve().stop(vmid));
        lives.pve().set(vmid, Map.of("hookscript", lives.house().hook()));
    }

    /** A VM that ran before it got the hookscript. */
    private void hasRunBefore(int vmid, String name) {
        ranWithoutHook(lives, vmid, name);
        lives.start(vmid);
        lives.settles(vmid);
    }

    @Test
    void aVmThatRanBeforeIsHeldAndShownSoUntilAPersonOrdersIt() {
        hasRunBefore(101, "old");
        isHeld(101);
        assertThat(lives.shown(101).path("state").asText()).isEqualTo("settled");
        startsAgain(101);
        isHeld(101);
        assertThat(instances(101)).isEqualTo(1);
        lives.house().api().post("/v1/guests/101/sync");
        isHeld(101);
        lives.house().api().post("/v1/guests/101/sync?write-back=true");
        assertThat(lives.pve().config(101, "ipconfig0")).contains("ip=" + lives.address(101) + "/24");
        startsAgain(101);
        assertThat(instances(101)).as("what the person asked for").isEqualTo(2);
        startsAgain(101);
        assertThat(instances(101)).isEqualTo(2);
    }

    @Test
    void aRolledBackVmKeepsTheInstanceOfItsSnapshot() {
        hasRunBefore(102, "rolled");
        lives.stop(102);
        lives.pve().snapshot(102, "held");
        lives.house().api().post("/v1/guests/102/sync?write-back=true");
        lives.start(102);
        lives.settles(102);
        await().atMost(LabLives.PATIENCE).until(() -> instances(102) == 2);
        LabLives.succeeded(lives.pve().rollback(102, "held"));
        lives.start(102);
        lives.settles(102);
        isHeld(102);
        startsAgain(102);
        assertThat(instances(102))
                .as("no start after the rollback is a new one")
                .isEqualTo(2);
    }

    @Test
    void aVmThatIsClonedStaysWhatItIs() {
        lives.vm(103, "parent", Map.of());
        await().atMost(LabLives.PATIENCE)
                .until(() -> lives.pve().config(103, "ipconfig0").contains("ip=192."));
        lives.start(103);
        lives.settles(103);
        String config = lives.pve().config(103, "ipconfig0");
        lives.pve().clone(103, 104, "child");
        await().atMost(LabLives.PATIENCE)
                .until(() -> !lives.pve().config(104, "ipconfig0").equals(config));
        lives.start(104);
        lives.settles(104);
        startsAgain(103);
        startsAgain(104);
        assertThat(lives.pve().config(103, "ipconfig0")).isEqualTo(config);
        assertThat(instances(103)).isEqualTo(1);
        assertThat(instances(104)).isEqualTo(1);
    }

    @Test
    void aRestoredVmIsHeldAndNoNewMachine() {
        hasRunBefore(105, "phoenix");
        String address = lives.address(105);
        BiFunction<Integer, Boolean, LabTask> archive = lives.pve().archive(105);
        LabLives.succeeded(lives.pve().stop(105));
        LabLives.succeeded(lives.pve().destroy(105));
        await().atMost(LabLives.PATIENCE).until(() -> lives.row(105, "net0").isEmpty());
        LabLives.succeeded(archive.apply(105, false));
        await().atMost(LabLives.PATIENCE).until(() -> lives.address(105).equals(address));
        isHeld(105);
        lives.start(105);
        lives.settles(105);
        startsAgain(105);
        assertThat(instances(105)).as("its disk knew this instance").isZero();
    }

    @Test
    void aRestoreUnderAnotherNumberIsHeldEvenWithoutTheRightToReadTasks() {
        hasRunBefore(106, "twin");
        BiFunction<Integer, Boolean, LabTask> archive = lives.pve().archive(106);
        lives.stop(106);
        lives.pve().acl().grant("/nodes");
        LabLives.succeeded(archive.apply(107, false));
        await().atMost(LabLives.PATIENCE).until(() -> !lives.address(107).isEmpty());
        isHeld(107);
        lives.start(107);
        await().atMost(LabLives.PATIENCE).until(() -> lives.pve().machine(107).boots() == 1);
        assertThat(instances(107)).isZero();
        lives.pve().acl().grant("/nodes", "Sys.Audit");
    }

    @Test
    void alwaysWritesAVmThatHasRunOnceAndThenNoMore() {
        try (LabLives always = new LabLives(Map.of("write-back: first-boot", "write-back: always"))) {
            ranWithoutHook(always, 101, "old");
            for (int start = 1; start <= 3; start++) {
                always.start(101);
                always.settles(101);
                await().atMost(LabLives.PATIENCE)
                        .until(() -> always.pve().config(101, "ipconfig0").contains("ip=192."));
                always.stop(101);
            }
            assertThat(always.pve().machine(101).instances()).isEqualTo(2);
        }
    }
}
