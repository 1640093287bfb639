package net.berth.proxmox;

import static net.berth.proxmox.LabFixture.CONTAINER;
import static net.berth.proxmox.LabFixture.VM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.berth.engine.port.Compute.History;
import net.berth.engine.port.Compute.Presence;
import net.berth.engine.port.PeerException;
import net.berth.lab.proxmox.ApiFailure;
import net.berth.lab.proxmox.PveOptions;
import net.berth.lab.proxmox.PveVersion;
import net.berth.model.Guest;
import net.berth.model.GuestStatus;
import net.berth.model.InterfaceAddress;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxmoxComputeReadTest {
    @TempDir
    private Path folder;

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    private LabFixture fixture;

    @BeforeEach
    void start() {
        fixture = new LabFixture(PveOptions.quick().clock(clock::get), folder);
        fixture.lab.unset(101, "hookscript");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Guest read(int vmid) {
        Inventory.Entry entry = fixture.compute.inventory().find(vmid).orElseThrow();
        return fixture.compute.read(entry).orElseThrow();
    }

    @Test
    void theInventoryListsGuestsOfBothTypesAndIsComplete() {
        Inventory inventory = fixture.compute.inventory();
        assertThat(inventory.guests())
                .containsExactlyInAnyOrder(
                        new Inventory.Entry(VM, "pve1", "web", GuestStatus.STOPPED, "", Duration.ZERO),
                        new Inventory.Entry(CONTAINER, "pve2", "db", GuestStatus.STOPPED, "", Duration.ZERO));
        assertThat(inventory.complete()).isTrue();
        assertThat(inventory.nodes()).containsExactlyInAnyOrder("pve1", "pve2");
    }

    @Test
    void aNodeThatIsDownIsAGap() {
        fixture.lab.nodeOnline("pve2", false);
        Inventory inventory = fixture.compute.inventory();
        assertThat(inventory.gap()).contains("pve2").contains("quorum");
        assertThat(inventory.find(200)).map(Inventory.Entry::status).contains(GuestStatus.UNKNOWN);
    }

    @Test
    void anEmptyListOfATokenThatSeesNothingIsARefusal() {
        fixture.lab.acl().grant("/vms");
        assertThatThrownBy(() -> fixture.compute.inventory())
                .isInstanceOfSatisfying(PeerException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(PeerException.Kind.REFUSED))
                .hasMessageContaining("no guest is visible")
                .hasMessageContaining("VM.Audit on /vms");
    }

    @Test
    void withoutSysAuditTheNodesThemselvesSayWhetherTheListIsComplete() {
        fixture.lab.acl().grant("/");
        assertThat(fixture.compute.inventory().complete()).isTrue();
        assertThat(fixture.compute.inventory().nodes()).containsExactlyInAnyOrder("pve1", "pve2");
    }

    @Test
    void aNewCloneIsListedBeforeProxmoxReportsItsName() {
        fixture.close();
        PveOptions slow = PveOptions.quick()
                .clock(() -> Instant.parse("2026-11-20T10:00:00Z"))
                .timings(new PveOptions.Timings(
                        Duration.ofMillis(200), Duration.ZERO, Duration.ofSeconds(10), Duration.ZERO));
        fixture = new LabFixture(slow, folder);
        fixture.lab.clone(101, 102, "web2");
        assertThat(fixture.compute.inventory().find(102))
                .hasValueSatisfying(entry -> assertThat(entry.name()).isEmpty())
                .hasValueSatisfying(entry -> assertThat(entry.status()).isEqualTo(GuestStatus.UNKNOWN));
        assertThat(read(102).name()).isEqualTo("web2");
    }

    @Test
    void aVmIsReadWithAllThatBerthNeeds() {
        fixture.lab.set(101, Map.of("ipconfig0", "ip=192.168.1.20/24,gw=192.168.1.1"));
        Guest guest = read(101);
        assertThat(guest.name()).isEqualTo("web");
        assertThat(guest.node()).isEqualTo("pve1");
        assertThat(guest.status()).isEqualTo(GuestStatus.STOPPED);
        assertThat(guest.cloudInit()).isTrue();
        assertThat(guest.tags()).containsExactly("berth", "web");
        assertThat(guest.uuid()).hasSize(36);
        assertThat(guest.nics())
                .containsExactly(new Nic(
                        new NicId(VM, 0),
                        MacAddress.parse(LabFixture.VM_MAC),
                        "vmbr0",
                        20,
                        new NicConfig.Static(InterfaceAddress.parse("192.168.1.20/24"), "192.168.1.1")));
    }

    @Test
    void aContainerIsReadWithItsAddressInTheNic() {
        Guest guest = read(200);
        assertThat(guest.uuid()).isEmpty();
        assertThat(guest.takesAddress()).isTrue();
        assertThat(guest.nics()).singleElement().extracting(Nic::config).isEqualTo(new NicConfig.Dhcp());
    }

    @Test
    void anIpconfigWithoutCloudInitDriveHasNoEffect() {
        fixture.lab.unset(101, "ide2");
        fixture.lab.set(101, Map.of("ipconfig0", "ip=192.168.1.20/24"));
        assertThat(read(101).nics())
                .singleElement()
                .extracting(Nic::config)
                .isEqualTo(new NicConfig.Ignored(
                        "ipconfig0 has no effect without a cloud-init drive",
                        List.of(IpAddress.parse("192.168.1.20"))));
    }

    @Test
    void whatWaitsForTheNextStartIsNotReadAsInForce() {
        fixture.lab.start(101);
        fixture.lab.set(101, Map.of("memory", "4096"));
        assertThat(read(101).running()).isTrue();
        assertThat(fixture.lab.calls().getLast().path()).isEqualTo("/nodes/pve1/qemu/101/config");
        assertThat(fixture.lab.calls().getLast().parameters()).isEqualTo(Map.of("current", "1"));
    }

    @Test
    void aNicThatCannotBeReadFailsTheGuestInsteadOfVanishing() {
        // A VM's NIC with a MAC that is none could only get there by hand; the lab's checks would refuse it.
        fixture.lab.editFile(101, "net1", "virtio=BC:24:11,bridge=vmbr0");
        assertThatThrownBy(() -> read(101)).isInstanceOf(PeerException.class).hasMessageContaining("net1");
    }

    @Test
    void readingTakesNoNoticeOfTheConfigLock() {
        fixture.lab.whileConfigLocked(101, () -> assertThat(read(101).name()).isEqualTo("web"));
    }

    @Test
    void aMigratedGuestIsNotOnItsOldNodeAndStillPresent() {
        Inventory.Entry old = fixture.compute.inventory().find(101).orElseThrow();
        fixture.lab.migrate(101, "pve2");
        assertThat(fixture.compute.read(old)).isEmpty();
        assertThat(fixture.compute.presence(VM, "pve1")).isInstanceOf(Presence.Present.class);
    }

    @Test
    void onlyADestroyedGuestIsAbsent() {
        fixture.lab.destroy(101);
        assertThat(fixture.compute.presence(VM, "pve1")).isInstanceOf(Presence.Absent.class);
    }

    @Test
    void aGuestThatThisReceiverNeverSawIsAbsentToo() {
        fixture.lab.destroy(101);
        assertThat(fixture.compute.presence(VM, "")).isInstanceOf(Presence.Absent.class);
        assertThat(fixture.compute.presence(CONTAINER, "")).isInstanceOf(Presence.Present.class);
    }

    @Test
    void aLostRightOrADeadNodeIsNoAbsence() {
        fixture.lab.acl().grant("/vms/200");
        assertThat(fixture.compute.presence(CONTAINER, "pve2")).isInstanceOf(Presence.Unknown.class);
        fixture.lab.destroy(101);
        fixture.lab.nodeOnline("pve2", false);
        assertThat(fixture.compute.presence(VM, "pve1")).isInstanceOf(Presence.Unknown.class);
    }

    @Test
    void aNodeThatLeftTheClusterDoesNotKeepItsGuestsAlive() {
        fixture.lab.destroy(200);
        fixture.lab.removeNode("pve2");
        assertThat(fixture.compute.presence(CONTAINER, "pve2")).isInstanceOf(Presence.Absent.class);
        assertThat(fixture.compute.inventory().complete()).isTrue();
    }

    @Test
    void aNodeThatListsItselfAloneAndDoesNotSayThatItHasAQuorumProvesNothing() {
        fixture.lab.destroy(200);
        fixture.lab.removeNode("pve2");
        fixture.lab.acl().grant("/");
        assertThat(fixture.compute.presence(CONTAINER, "pve2")).isInstanceOf(Presence.Unknown.class);
    }

    @Test
    void rightsThroughAPoolThatWentWithTheGuestAreNoAbsence() {
        fixture.lab.acl().grant("/vms").grant("/pool/home", "VM.Audit");
        fixture.lab.pool(101, "home");
        assertThat(fixture.compute.presence(VM, "pve1")).isInstanceOf(Presence.Present.class);
        fixture.lab.destroy(101);
        assertThat(fixture.compute.presence(VM, "pve1")).isInstanceOf(Presence.Unknown.class);
    }

    @Test
    void theHistoryKnowsWhetherAGuestHasRunSinceItsVmidWasGiven() {
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.NEVER_RAN);
        fixture.lab.start(101);
        fixture.lab.stop(101);
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.HAS_RUN);
    }

    @Test
    void aFirstStartThatGoesOnIsNoRunBeforeIt() {
        fixture.lab.start(101);
        clock.set(clock.get().plusSeconds(5));
        assertThat(read(101).uptime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.NEVER_RAN);
    }

    @Test
    void aRunBeforeTheStartThatGoesOnCounts() {
        fixture.lab.start(101);
        fixture.lab.stop(101);
        fixture.lab.start(101);
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.HAS_RUN);
    }

    @Test
    void aStartThatEndedLongBeforeTheGuestCameUpIsARunOfItsOwn() {
        fixture.lab.start(101);
        Guest first = read(101);
        clock.set(clock.get().plusSeconds(300));
        assertThat(fixture.compute.history(first))
                .as("it came up now, by a rollback that left no task of a start")
                .isEqualTo(History.HAS_RUN);
    }

    @Test
    void aTaskLogThatHasForgottenProvesNothing() {
        fixture.lab.start(101);
        fixture.lab.stop(101);
        fixture.lab.forgetTasks();
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.UNKNOWN);
        fixture.lab.start(101);
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.UNKNOWN);
    }

    @Test
    void theStartsOfTheFormerOwnerOfAVmidDoNotCount() {
        fixture.lab.start(101);
        fixture.lab.stop(101);
        fixture.lab.createVm(500, "pve1", Map.of("net0", "virtio,bridge=vmbr0", "ide2", "local:cloudinit"));
        clock.set(clock.get().plusSeconds(60));
        fixture.lab.destroy(101);
        fixture.lab.clone(500, 101, "new");
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.NEVER_RAN);
    }

    @Test
    void aStartThatTheHookscriptRefusedIsNoRun() {
        fixture.lab.set(101, Map.of("hookscript", "local:snippets/none"));
        assertThat(fixture.lab.start(101).exitStatus()).contains("does not exist");
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.NEVER_RAN);
    }

    @Test
    void withoutTheRightToSeeAllTasksTheHistoryIsUnknown() {
        fixture.lab.acl().grant("/nodes");
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.UNKNOWN);
        fixture.lab.acl().grant("/nodes", "Sys.Audit");
        fixture.lab.nodeOnline("pve2", false);
        assertThat(fixture.compute.history(read(101))).isEqualTo(History.UNKNOWN);
    }

    @Test
    void anErrorOfOldProxmoxIsUnderstoodByItsReasonPhrase() {
        fixture.close();
        fixture = new LabFixture(PveOptions.quick().version(PveVersion.PVE_8_OLD), folder);
        fixture.lab.destroy(101);
        assertThat(fixture.compute.presence(VM, "pve1")).isInstanceOf(Presence.Absent.class);
        fixture.lab.faults().failNext(call -> true, ApiFailure.status(403, "Permission check failed (/, Sys.Audit)"));
        assertThatThrownBy(() -> fixture.compute.presence(CONTAINER, ""))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("Sys.Audit on /");
    }
}
