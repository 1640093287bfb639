package net.berth.lab.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hooks each event of a guest's life calls, in which order things happen, and what the guest finds. */
class LifecycleTest {
    private static final String MAC = "BC:24:11:AA:00:01";

    @TempDir
    private Path folder;

    private final Map<String, String> leases = new TreeMap<>();
    private PveLab lab;
    private HookScript hook;

    private void with(PveOptions options, String then) {
        lab = PveLab.start(options.dhcp((mac, bridge, vlan) -> Optional.ofNullable(leases.get(mac))), folder);
        hook = new HookScript(folder, then);
        String volume = lab.installHook(hook.file());
        lab.createVm(
                101,
                "pve1",
                Map.of(
                        "name", "web",
                        "net0", "virtio=" + MAC + ",bridge=vmbr0",
                        "ipconfig0", "ip=dhcp",
                        "ide2", "local-lvm:vm-101-cloudinit,media=cdrom",
                        "hookscript", volume));
        lab.createContainer(
                200,
                "pve1",
                Map.of(
                        "hostname", "db",
                        "net0", "name=eth0,bridge=vmbr0,ip=10.0.0.9/24",
                        "hookscript", volume));
    }

    private void with() {
        with(PveOptions.quick(), "exit 0");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void hooksGetVmidAndPhaseAnEmptyInputAndFewVariables() {
        with();
        lab.start(101);
        assertThat(hook.calls())
                .containsExactly("2 101 pre-start from= lc=C stdin=", "2 101 post-start from= lc=C stdin=");
    }

    @Test
    void eachEventCallsItsPhasesForAVm() {
        with();
        lab.start(101);
        assertThat(hook.takePhases()).containsExactly("pre-start", "post-start");
        lab.rebootInside(101);
        assertThat(hook.takePhases()).isEmpty();
        lab.reboot(101);
        assertThat(hook.takePhases()).containsExactly("pre-stop", "post-stop", "pre-start", "post-start");
        lab.migrate(101, "pve2");
        assertThat(hook.calls()).allMatch(call -> call.contains("from=pve1"));
        assertThat(hook.takePhases()).containsExactly("pre-start", "post-start");
        lab.powerOff(101);
        assertThat(hook.takePhases()).containsExactly("post-stop");
        lab.migrate(101, "pve1");
        lab.clone(101, 102, "");
        lab.snapshot(101, "s");
        lab.rollback(101, "s");
        lab.makeTemplate(101);
        lab.destroy(102);
        assertThat(hook.takePhases()).isEmpty();
    }

    @Test
    void eachEventCallsItsPhasesForAContainer() {
        with();
        lab.start(200);
        assertThat(hook.takePhases()).containsExactly("pre-start", "post-start");
        lab.migrate(200, "pve2");
        assertThat(hook.takePhases()).containsExactly("pre-stop", "post-stop", "pre-start", "post-start");
        lab.powerOff(200);
        assertThat(hook.takePhases()).containsExactly("post-stop");
        lab.backupStopped(200, () -> {});
        assertThat(hook.takePhases()).isEmpty();
    }

    @Test
    void aBackupOfAStoppedVmCallsAllPhasesAndNeverBootsIt() {
        with();
        List<String> during = new ArrayList<>();
        lab.backupStopped(101, () -> during.add(lab.config(101, "lock")));
        assertThat(hook.takePhases()).containsExactly("pre-start", "post-start", "pre-stop", "post-stop");
        assertThat(during).containsExactly("backup");
        assertThat(lab.config(101, "lock")).isEmpty();
        assertThat(lab.machine(101).boots()).isZero();
    }

    @Test
    void aStartDuringTheBackupCallsNoHook() {
        with();
        lab.backupStopped(101, () -> {
            hook.takePhases();
            lab.start(101);
        });
        assertThat(hook.takePhases()).isEmpty();
        assertThat(lab.machine(101).boots()).isEqualTo(1);
    }

    @Test
    void aFailingPreStartRefusesTheStartWithItsText() {
        with(PveOptions.quick(), "echo no address >&2; [ $2 != pre-start ]");
        LabTask start = lab.start(101);
        assertThat(start.exitStatus())
                .startsWith("hookscript error for 101 on pre-start: command '")
                .endsWith(" 101 pre-start' failed: exit code 1");
        assertThat(start.log()).contains("no address");
        assertThat(lab.machine(101).boots()).isZero();
        assertThat(hook.takePhases()).containsExactly("pre-start");
    }

    @Test
    void anyOtherFailingPhaseOnlyWarns() {
        with(PveOptions.quick(), "[ $2 = pre-start ]");
        LabTask start = lab.start(101);
        assertThat(start.exitStatus()).isEqualTo("OK");
        assertThat(start.log()).anyMatch(line -> line.contains("hookscript error for 101 on post-start"));
    }

    @Test
    void aMissingScriptRefusesTheStart() {
        with();
        lab.set(101, Map.of("hookscript", "local:snippets/gone"));
        assertThat(lab.start(101).exitStatus()).contains("script 'local:snippets/gone' does not exist");
    }

    @Test
    void aChildThatKeepsTheOutputOpenHoldsTheStart() {
        with(PveOptions.quick(), "(sleep 2) & exit 0");
        long start = System.nanoTime();
        lab.start(101);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void theConfigLockIsHeldWhileAHookRuns() {
        with(PveOptions.quick(), "[ $2 != pre-start ] || while [ ! -e \"$0.go\" ]; do sleep 0.05; done");
        Thread start = Thread.startVirtualThread(() -> lab.start(101));
        await().until(() -> !hook.calls().isEmpty());
        assertThatThrownBy(() -> lab.set(101, Map.of("tags", "x")))
                .hasMessage("can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout");
        assertThat(lab.snippets("pve1").resolve("probe.go").toFile().mkdir()).isTrue();
        await().until(() -> !start.isAlive());
        lab.set(101, Map.of("tags", "x"));
    }

    @Test
    void anAddressWrittenDuringPreStartMissesThisBoot() {
        with();
        lab.set(101, Map.of("ipconfig0", "ip=10.0.0.5/24"));
        lab.start(101);
        assertThat(lab.machine(101).addresses()).containsEntry("net0", "10.0.0.5");
        lab.editFile(101, "ipconfig0", "ip=10.0.0.6/24");
        lab.rebootInside(101);
        assertThat(lab.machine(101).addresses()).containsEntry("net0", "10.0.0.5");
        assertThat(lab.machine(101).instances()).isEqualTo(1);
        lab.reboot(101);
        assertThat(lab.machine(101).addresses()).containsEntry("net0", "10.0.0.6");
        assertThat(lab.machine(101).instances()).isEqualTo(2);
    }

    @Test
    void aGuestWithDhcpComesUpWithTheMappingOfItsMac() {
        with();
        lab.start(101);
        assertThat(lab.machine(101).addresses()).isEmpty();
        leases.put("bc:24:11:aa:00:01", "10.0.0.20");
        lab.rebootInside(101);
        assertThat(lab.machine(101).addresses()).containsEntry("net0", "10.0.0.20");
        assertThat(lab.machine(101).instances()).isEqualTo(1);
    }

    @Test
    void firmwareLeavesTimeToRenewTheImage() {
        PveOptions.Timings quick = PveOptions.Timings.quick();
        with(
                PveOptions.quick()
                        .timings(new PveOptions.Timings(
                                quick.lockWait(), Duration.ofMillis(300), quick.unreported(), quick.refused())),
                "exit 0");
        lab.start(101);
        assertThat(lab.machine(101).boots()).isZero();
        await().until(() -> lab.machine(101).boots() == 1);
    }

    @Test
    void aCloneTakesEverythingAlongButItsIdentity() {
        with();
        lab.set(101, Map.of("ipconfig0", "ip=10.0.0.5/24"));
        lab.clone(101, 102, "");
        assertThat(lab.config(102, "name")).isEqualTo("Copy-of-VM-web");
        assertThat(lab.config(102, "ipconfig0")).isEqualTo("ip=10.0.0.5/24");
        assertThat(lab.config(102, "hookscript")).isEqualTo(lab.config(101, "hookscript"));
        assertThat(lab.config(102, "net0")).doesNotContain(MAC).contains("bridge=vmbr0");
        assertThat(lab.config(102, "smbios1")).isNotEqualTo(lab.config(101, "smbios1"));
        assertThat(lab.config(102, "ide2")).isEqualTo("local-lvm:vm-102-cloudinit,media=cdrom");
        lab.clone(200, 201, "");
        assertThat(lab.config(201, "hostname")).isEqualTo("db");
        assertThat(lab.config(201, "net0")).contains("ip=10.0.0.9/24").isNotEqualTo(lab.config(200, "net0"));
    }

    @Test
    void aRecasedMacUnplugsTheNicOfARunningGuest() {
        with();
        lab.start(101);
        lab.set(101, Map.of("net0", "virtio=" + MAC + ",bridge=vmbr0"));
        assertThat(lab.replugs(101)).isZero();
        lab.set(101, Map.of("net0", "virtio=bc:24:11:aa:00:01,bridge=vmbr0"));
        assertThat(lab.replugs(101)).isEqualTo(1);
    }

    @Test
    void onProxmox8PostStopRunsOutsideTheStopTask() throws InterruptedException {
        with(PveOptions.quick().version(PveVersion.PVE_8), "echo said-$2");
        lab.start(101);
        LabTask stop = lab.stop(101);
        lab.awaitCleanups();
        assertThat(stop.log()).contains("said-pre-stop").doesNotContain("said-post-stop");
        assertThat(lab.journal()).contains("said-post-stop");
    }
}
