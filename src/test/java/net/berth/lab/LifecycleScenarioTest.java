package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.berth.lab.LabLives.Marks;
import net.berth.lab.proxmox.LabTask;
import net.berth.lab.proxmox.MachineView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One scenario for each row of the table in {@code docs/lifecycle.md}: one house, a guest of its own for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifecycleScenarioTest {
    private static final int VM = 101;
    private static final int CONTAINER = 102;
    private static final int SLEEPER = 103;
    private static final int TRAVELLER = 104;
    private static final int MOVED_CONTAINER = 105;
    private static final int HIGHLY_AVAILABLE = 106;
    private static final int NEVER_STARTED = 107;
    private static final int BACKED_UP = 108;
    private static final int SNAPSHOT = 109;
    private static final int TEMPLATE = 110;
    private static final int ROLLED_BACK = 111;

    private LabLives lives;

    @BeforeAll
    void open() {
        lives = new LabLives(Map.of("poll: 1s", "poll: 1s"));
        LabLives.atOnce(
                List.of(VM, SLEEPER, TRAVELLER, HIGHLY_AVAILABLE, BACKED_UP, SNAPSHOT, ROLLED_BACK),
                vmid -> lives.runningVm(vmid, "vm" + vmid));
        LabLives.atOnce(List.of(CONTAINER, MOVED_CONTAINER), vmid -> lives.runningContainer(vmid, "ct" + vmid));
        List.of(VM, SLEEPER, TRAVELLER, HIGHLY_AVAILABLE, BACKED_UP, SNAPSHOT, ROLLED_BACK, CONTAINER, MOVED_CONTAINER)
                .forEach(lives::settles);
        await("the end of each first start is noted")
                .atMost(LabLives.PATIENCE)
                .until(() -> lives.house().nipap().hosts().stream()
                        .filter(row -> row.externalKey().contains(":qemu:"))
                        .allMatch(row -> row.avps().containsKey("berth-booted")));
    }

    @AfterAll
    void close() {
        lives.close();
    }

    /** Runs an event and holds that address, mapping, name, row and config are as before. */
    private void changesNothing(int vmid, Runnable event) {
        lives.settles(vmid);
        Marks before = lives.marks();
        event.run();
        lives.settles(vmid);
        assertThat(lives.marks()).isEqualTo(before);
    }

    private void ok(LabTask task) {
        LabLives.succeeded(task);
    }

    @Test
    @Order(1)
    void anApiStopAndStartKeepEverythingAndTheRowFollows() {
        changesNothing(VM, () -> {
            lives.stop(VM);
            lives.awaitStatus(VM, "reserved");
            lives.start(VM);
            lives.awaitStatus(VM, "assigned");
        });
    }

    @Test
    @Order(2)
    void aShutdownThatTimesOutChangesNothing() {
        changesNothing(VM, () -> assertThat(lives.pve().shutdownTimesOut(VM).exitStatus())
                .contains("got timeout"));
        assertThat(lives.status(VM)).isEqualTo("assigned");
    }

    @Test
    @Order(3)
    void aStartThatFailsAfterPreStartLeavesTheRowReserved() {
        lives.stop(CONTAINER);
        Marks before = lives.marks();
        lives.pve().failNextStart(CONTAINER);
        assertThat(lives.pve().start(CONTAINER).exitStatus()).contains("start failed");
        lives.awaitStatus(CONTAINER, "reserved");
        assertThat(lives.marks()).isEqualTo(before);
        lives.start(CONTAINER);
        lives.settles(CONTAINER);
    }

    @Test
    @Order(4)
    void aRebootInsideAVmChangesNothing() {
        int boots = lives.pve().machine(VM).boots();
        changesNothing(VM, () -> {
            lives.pve().rebootInside(VM);
            await().until(() -> lives.pve().machine(VM).boots() > boots);
        });
    }

    @Test
    @Order(5)
    void anApiRebootChangesNothing() {
        changesNothing(VM, () -> ok(lives.pve().reboot(VM)));
    }

    @Test
    @Order(6)
    void aRebootInsideAContainerChangesNothing() {
        changesNothing(CONTAINER, () -> lives.pve().rebootInside(CONTAINER));
    }

    @Test
    @Order(7)
    void aPowerOffInsideTheGuestIsSeenByItsPostStop() {
        changesNothing(CONTAINER, () -> {
            lives.pve().powerOff(CONTAINER);
            lives.awaitStatus(CONTAINER, "reserved");
        });
        lives.start(CONTAINER);
        lives.settles(CONTAINER);
    }

    @Test
    @Order(8)
    void aLiveMigrationOfAVmChangesNothingAndItsNewNodeIsShown() {
        changesNothing(TRAVELLER, () -> ok(lives.pve().migrate(TRAVELLER, "pve2")));
        assertThat(lives.status(TRAVELLER)).isEqualTo("assigned");
        assertThat(lives.shown(TRAVELLER).path("node").asText()).isEqualTo("pve2");
    }

    @Test
    @Order(9)
    void anOfflineMigrationChangesNothing() {
        lives.stop(TRAVELLER);
        changesNothing(TRAVELLER, () -> ok(lives.pve().migrate(TRAVELLER, "pve1")));
        lives.start(TRAVELLER);
        lives.settles(TRAVELLER);
    }

    @Test
    @Order(10)
    void aMigrationOfAContainerByRestartChangesNothing() {
        changesNothing(MOVED_CONTAINER, () -> ok(lives.pve().migrate(MOVED_CONTAINER, "pve2")));
    }

    @Test
    @Order(11)
    void aNodeThatDiesTakesNothingAwayAndHaStartsItsGuestElsewhere() {
        ok(lives.pve().migrate(HIGHLY_AVAILABLE, "pve2"));
        String address = lives.address(HIGHLY_AVAILABLE);
        Marks before = lives.marks();
        lives.pve().crash("pve2");
        await().atMost(LabLives.PATIENCE).untilAsserted(() -> assertThat(
                        lives.house().api().get("/v1/plan").toString())
                .contains("node pve2 is offline"));
        assertThat(lives.marks()).isEqualTo(before);
        ok(lives.pve().recover(HIGHLY_AVAILABLE, "pve1"));
        lives.settles(HIGHLY_AVAILABLE);
        assertThat(lives.up(HIGHLY_AVAILABLE)).isEqualTo(address);
        lives.pve().nodeOnline("pve2", true);
        lives.awaitStatus(MOVED_CONTAINER, "reserved");
        assertThat(lives.marks()).isEqualTo(before);
        lives.start(MOVED_CONTAINER);
        lives.settles(MOVED_CONTAINER);
    }

    @Test
    @Order(12)
    void aHibernatedVmKeepsItsAddressAndGoesOnWithIt() {
        MachineView awake = lives.pve().machine(SLEEPER);
        changesNothing(SLEEPER, () -> {
            ok(lives.pve().hibernate(SLEEPER));
            assertThat(lives.pve().machine(SLEEPER).up()).isFalse();
            ok(lives.pve().start(SLEEPER));
        });
        assertThat(lives.pve().machine(SLEEPER)).isEqualTo(awake);
        lives.notes(SLEEPER, "assigned");
    }

    @Test
    @Order(13)
    void aBackupOfARunningGuestByStopChangesNothing() {
        changesNothing(BACKED_UP, () -> ok(lives.pve().backupByStop(BACKED_UP, () -> {})));
        lives.notes(BACKED_UP, "assigned");
        changesNothing(CONTAINER, () -> ok(lives.pve().backupByStop(CONTAINER, () -> {})));
        lives.notes(CONTAINER, "assigned");
    }

    @Test
    @Order(14)
    void aBackupOfARunningGuestBySnapshotChangesNothing() {
        changesNothing(SNAPSHOT, () -> ok(lives.pve().backupRunning(SNAPSHOT, () -> lives.shown(SNAPSHOT))));
    }

    @Test
    @Order(15)
    void aBackupOfAStoppedVmChangesNothingNotEvenItsStatus() {
        lives.stop(BACKED_UP);
        Marks before = lives.marks();
        ok(lives.pve().backupStopped(BACKED_UP, () -> {
            assertThat(lives.shown(BACKED_UP).path("state").asText()).isEqualTo("settled");
            assertThat(lives.status(BACKED_UP)).isEqualTo("reserved");
        }));
        lives.settles(BACKED_UP);
        assertThat(lives.marks()).isEqualTo(before);
        lives.start(BACKED_UP);
    }

    @Test
    @Order(16)
    void aStartDuringTheBackupOfAStoppedVmIsNotLost() {
        lives.vm(NEVER_STARTED, "fresh", Map.of());
        ok(lives.pve().backupStopped(NEVER_STARTED, () -> lives.start(NEVER_STARTED)));
        lives.settles(NEVER_STARTED);
        lives.notes(NEVER_STARTED, "assigned");
        lives.comesUp(NEVER_STARTED);
    }

    @Test
    @Order(17)
    void aTemplateIsNeitherManagedNorReleasedAndItsBackupChangesNothing() {
        lives.vm(TEMPLATE, "golden", Map.of());
        await().atMost(LabLives.PATIENCE)
                .until(() -> lives.row(TEMPLATE, "net0").isPresent());
        await().atMost(LabLives.PATIENCE)
                .until(() -> lives.pve().config(TEMPLATE, "ipconfig0").contains("ip=192."));
        ok(lives.pve().makeTemplate(TEMPLATE));
        Marks before = lives.marks();
        ok(lives.pve().backupStopped(TEMPLATE, () -> {}));
        assertThat(lives.shown(TEMPLATE).path("state").asText()).isEqualTo("unmanaged");
        assertThat(lives.marks()).isEqualTo(before);
    }

    @Test
    @Order(18)
    void aRollbackThatRevertsAddressMacAndHookscriptIsPutRightAtTheNextStart() {
        lives.pve().set(ROLLED_BACK, Map.of("net0", "virtio=BC:24:11:AA:00:11,bridge=vmbr0"));
        lives.house().api().post("/v1/guests/" + ROLLED_BACK + "/sync");
        lives.stop(ROLLED_BACK);
        lives.start(ROLLED_BACK);
        lives.settles(ROLLED_BACK);
        String address = lives.address(ROLLED_BACK);
        lives.pve().snapshot(ROLLED_BACK, "before");
        lives.pve().set(ROLLED_BACK, Map.of("net0", "virtio=BC:24:11:AA:00:22,bridge=vmbr0"));
        lives.house().api().post("/v1/guests/" + ROLLED_BACK + "/sync");
        assertThat(lives.mapped("BC:24:11:AA:00:22")).isEqualTo(address);
        ok(lives.pve().rollback(ROLLED_BACK, "before"));
        lives.start(ROLLED_BACK);
        lives.settles(ROLLED_BACK);
        assertThat(lives.mapped("BC:24:11:AA:00:11")).isEqualTo(address);
        assertThat(lives.mapped("BC:24:11:AA:00:22")).isEmpty();
        ok(lives.pve().rollbackWithMemory(ROLLED_BACK, "before"));
        lives.settles(ROLLED_BACK);
    }

    @Test
    @Order(19)
    void aRollbackToATimeWithoutHookscriptMakesTheGuestUnmanagedAndKeepsItsRow() {
        lives.stop(SNAPSHOT);
        lives.pve().snapshot(SNAPSHOT, "with");
        lives.pve().unset(SNAPSHOT, "hookscript");
        lives.pve().snapshot(SNAPSHOT, "without");
        ok(lives.pve().rollback(SNAPSHOT, "with"));
        lives.settles(SNAPSHOT);
        Marks before = lives.marks();
        ok(lives.pve().rollback(SNAPSHOT, "without"));
        lives.start(SNAPSHOT);
        assertThat(lives.shown(SNAPSHOT).path("state").asText()).isEqualTo("unmanaged");
        assertThat(lives.marks()).isEqualTo(before);
        lives.pve().stop(SNAPSHOT);
        ok(lives.pve().rollback(SNAPSHOT, "with"));
        lives.start(SNAPSHOT);
        lives.settles(SNAPSHOT);
    }

    @Test
    @Order(20)
    void noLaterStartOfAnyGuestRunsCloudInitAgain() {
        List<Integer> vms = List.of(VM, SLEEPER, TRAVELLER, HIGHLY_AVAILABLE, NEVER_STARTED, BACKED_UP, SNAPSHOT);
        LabLives.atOnce(vms, vmid -> {
            LabLives.succeeded(lives.pve().stop(vmid));
            lives.start(vmid);
        });
        vms.forEach(lives::settles);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(vms)
                .allSatisfy(
                        vmid -> assertThat(lives.pve().machine(vmid).boots()).isGreaterThanOrEqualTo(1)));
        assertThat(vms).allSatisfy(vmid -> assertThat(lives.pve().machine(vmid).instances())
                .as("guest " + vmid + ": cloud-init took it for a new machine")
                .isEqualTo(1));
    }
}
