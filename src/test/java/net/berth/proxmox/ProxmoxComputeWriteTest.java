package net.berth.proxmox;

import static net.berth.proxmox.LabFixture.containerWrite;
import static net.berth.proxmox.LabFixture.vmWrite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.berth.engine.port.Compute.WriteResult;
import net.berth.engine.port.PeerException;
import net.berth.lab.proxmox.ApiFailure;
import net.berth.lab.proxmox.ApiRequest;
import net.berth.lab.proxmox.PveOptions;
import net.berth.lab.proxmox.PveVersion;
import net.berth.model.AddressWrite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxmoxComputeWriteTest {
    private static final String WRITTEN = "ip=192.168.1.20/24,gw=192.168.1.1";

    @TempDir
    private Path folder;

    private LabFixture fixture;

    private void with(PveVersion version) {
        fixture = new LabFixture(PveOptions.quick().version(version), folder);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private WriteResult write(AddressWrite write) {
        return fixture.compute.write(write);
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aVmGetsItsAddressByOneWrite(PveVersion version) {
        with(version);
        assertThat(write(vmWrite())).isEqualTo(new WriteResult.Written());
        assertThat(fixture.lab.config(101, "ipconfig0")).isEqualTo(WRITTEN);
        assertThat(fixture.lab.writes()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void theSameAddressIsWrittenOnce(PveVersion version) {
        with(version);
        write(vmWrite());
        write(containerWrite());
        Map<String, String> files = fixture.lab.dump();
        assertThat(write(vmWrite())).isEqualTo(new WriteResult.Unchanged());
        assertThat(write(containerWrite())).isEqualTo(new WriteResult.Unchanged());
        assertThat(fixture.lab.writes()).hasSize(2);
        assertThat(fixture.lab.dump()).isEqualTo(files);
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aRunningContainerTakesItsAddressLiveAndKeepsItsNicPluggedIn(PveVersion version) {
        with(version);
        fixture.lab.start(200);
        assertThat(write(containerWrite())).isEqualTo(new WriteResult.Written());
        assertThat(fixture.lab.machine(200).addresses()).containsEntry("net0", "192.168.1.30");
        assertThat(fixture.lab.replugs(200)).isZero();
        assertThat(fixture.lab.config(200, "net0"))
                .isEqualTo("name=eth0,bridge=vmbr0,firewall=1,gw=192.168.1.1,hwaddr=" + LabFixture.CONTAINER_MAC
                        + ",ip=192.168.1.30/24,tag=20,type=veth");
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aConfigThatSomebodyChangedSinceThePlanIsLeftAsItIs(PveVersion version) {
        with(version);
        fixture.lab.set(101, Map.of("ipconfig0", "ip=192.168.1.77/24,gw=192.168.1.254"));
        assertThat(write(vmWrite())).isInstanceOf(WriteResult.Stale.class);
        assertThat(fixture.lab.config(101, "ipconfig0")).isEqualTo("ip=192.168.1.77/24,gw=192.168.1.254");
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void nameServersGoAlongWhereTheConfigNamesNone(PveVersion version) {
        with(version);
        List<String> servers = List.of("192.168.1.1", "192.168.1.2");
        write(LabFixture.write(LabFixture.VM, "pve1", LabFixture.VM_MAC, "192.168.1.20/24", servers));
        assertThat(fixture.lab.config(101, "nameserver")).isEqualTo("192.168.1.1 192.168.1.2");
        assertThat(fixture.lab.config(101, "searchdomain")).isEqualTo("home.lan");
        fixture.lab.set(200, Map.of("nameserver", "10.0.0.1"));
        write(LabFixture.write(LabFixture.CONTAINER, "pve2", LabFixture.CONTAINER_MAC, "192.168.1.30/24", servers));
        assertThat(fixture.lab.config(200, "nameserver")).isEqualTo("10.0.0.1");
    }

    /** Of everything else that people set, each byte stays. */
    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aWriteChangesOneLineOfAConfig(PveVersion version) {
        with(version);
        Map<String, String> chosen = Map.of(
                "description", "DNS of the house \uD83C\uDFE0\nnameserver 9.9.9.9; \"do not touch\"",
                "nameserver", "9.9.9.9 149.112.112.112",
                "searchdomain", "lab.home.lan",
                "tags", "berth;Prod;x_1");
        fixture.lab.set(101, chosen);
        fixture.lab.set(
                101,
                Map.of(
                        "name", "Web",
                        "net0", "bridge=vmbr0,firewall=0,mtu=1,queues=4,tag=20,virtio=" + LabFixture.VM_MAC,
                        "net1", "e1000e=bc:24:11:aa:00:07,bridge=vmbr9,link_down=1,trunks=10;20-30",
                        "ipconfig0", "ip6=2001:DB8:0::7/64,gw6=fe80::1,ip=dhcp"));
        fixture.lab.set(200, chosen);
        fixture.lab.set(200, Map.of("hostname", "DB.lab.home.lan"));
        Map<String, String> before = fixture.lab.dump();

        assertThat(write(vmWrite())).isEqualTo(new WriteResult.Written());
        assertThat(write(containerWrite())).isEqualTo(new WriteResult.Written());

        assertThat(fixture.lab.config(101, "ipconfig0"))
                .isEqualTo("ip6=2001:DB8:0::7/64,gw6=fe80::1,ip=192.168.1.20/24,gw=192.168.1.1");
        fixture.lab.dump().forEach((file, text) -> {
            List<String> changed = new ArrayList<>(text.lines().toList());
            changed.removeAll(before.get(file).lines().toList());
            assertThat(changed).as(file).hasSizeLessThanOrEqualTo(1).allMatch(line -> line.contains("ip=192.168.1."));
            assertThat(text.lines().count()).isEqualTo(before.get(file).lines().count());
        });
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void theConfigLockOfAStartIsBusy(PveVersion version) {
        with(version);
        fixture.lab.whileConfigLocked(101, () -> assertThat(write(vmWrite()))
                .isInstanceOfSatisfying(WriteResult.Busy.class, busy -> assertThat(busy.why())
                        .contains("can't lock file '/var/lock/qemu-server/lock-101.conf'")));
        assertThat(write(vmWrite())).isEqualTo(new WriteResult.Written());
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aLockInTheConfigIsToldByItsWordAndNothingIsSent(PveVersion version) {
        with(version);
        fixture.lab.lock(101, "backup");
        assertThat(write(vmWrite())).isEqualTo(new WriteResult.Locked("backup"));
        assertThat(fixture.lab.writes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aLockThatComesBetweenReadAndWriteIsToldByItsWord(PveVersion version) {
        with(version);
        fixture.lab.faults().failNext(ApiRequest::writes, ApiFailure.die("CT is locked (snapshot)"));
        assertThat(write(containerWrite())).isEqualTo(new WriteResult.Locked("snapshot"));
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aChangeBetweenReadAndWriteIsNotOverwritten(PveVersion version) {
        with(version);
        fixture.lab
                .faults()
                .doBeforeNext(ApiRequest::writes, () -> fixture.lab.set(101, Map.of("ipconfig0", "ip=10.0.0.9/24")));
        assertThat(write(vmWrite())).isInstanceOf(WriteResult.Busy.class);
        assertThat(fixture.lab.config(101, "ipconfig0")).isEqualTo("ip=10.0.0.9/24");
        fixture.lab.faults().doBeforeNext(ApiRequest::writes, () -> fixture.lab.set(200, Map.of("tags", "x")));
        assertThat(write(containerWrite())).isInstanceOf(WriteResult.Busy.class);
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aGuestThatIsNotAsPlannedIsLeftAlone(PveVersion version) {
        with(version);
        Map<String, String> files = fixture.lab.dump();
        assertThat(write(LabFixture.write(LabFixture.VM, "pve1", "BC:24:11:AA:00:99", "192.168.1.20/24", List.of())))
                .isInstanceOf(WriteResult.Stale.class);
        assertThat(write(LabFixture.write(LabFixture.VM, "pve2", LabFixture.VM_MAC, "192.168.1.20/24", List.of())))
                .isInstanceOf(WriteResult.Stale.class);
        assertThat(fixture.lab.dump()).isEqualTo(files);
        fixture.lab.makeTemplate(101);
        assertThat(write(vmWrite())).isInstanceOf(WriteResult.Stale.class);
        assertThat(fixture.lab.writes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aMissingRightIsRefusedWithItsName(PveVersion version) {
        with(version);
        fixture.lab.acl().grant("/sdn/zones/localnetwork");
        assertThat(write(containerWrite()))
                .isInstanceOfSatisfying(WriteResult.Refused.class, refused -> assertThat(refused.why())
                        .contains("SDN.Use on /sdn/zones/localnetwork/vmbr0/20"));
        // A VM's ipconfigN needs no right on the bridge.
        assertThat(write(vmWrite())).isEqualTo(new WriteResult.Written());
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aChangeThatWaitsForTheNextStartIsNotUndone(PveVersion version) {
        with(version);
        fixture.lab.start(200);
        fixture.lab.addPending(200, "net0", LabFixture.CONTAINER_NET.replace("vmbr0", "vmbr1"));
        assertThat(write(containerWrite())).isInstanceOf(WriteResult.Locked.class);
        assertThat(fixture.lab.writes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aLostReplyIsAnOpenQuestionThatTheNextReadAnswers(PveVersion version) {
        with(version);
        fixture.lab.faults().loseNextReply(ApiRequest::writes);
        assertThatThrownBy(() -> write(vmWrite())).isInstanceOfSatisfying(PeerException.class, e -> assertThat(e.kind())
                .isEqualTo(PeerException.Kind.DOWN));
        assertThat(fixture.lab.writes()).hasSize(1);
        assertThat(write(vmWrite())).isEqualTo(new WriteResult.Unchanged());
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aNodeThatWentDownIsDown(PveVersion version) {
        with(version);
        fixture.lab.nodeOnline("pve2", false);
        assertThatThrownBy(() -> write(containerWrite()))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("No route to host");
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void anImageMadeAnewIsWhatTheGuestFindsAtItsNextBoot(PveVersion version) {
        with(version);
        fixture.lab.unset(101, "hookscript");
        fixture.lab.start(101);
        write(vmWrite());
        fixture.lab.rebootInside(101);
        assertThat(fixture.lab.machine(101).addresses()).isEmpty();
        var guest = fixture.compute
                .read(fixture.compute.inventory().find(101).orElseThrow())
                .orElseThrow();
        assertThat(fixture.compute.regenerateImage(guest)).isEqualTo(new WriteResult.Written());
        fixture.lab.rebootInside(101);
        assertThat(fixture.lab.machine(101).addresses()).containsEntry("net0", "192.168.1.20");
        // The price of writing into a guest that has booted: cloud-init takes it for a new one.
        assertThat(fixture.lab.machine(101).instances()).isEqualTo(2);
    }
}
