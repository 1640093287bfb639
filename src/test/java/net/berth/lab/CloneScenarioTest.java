package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.proxmox.LabTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clones, restores, numbers that are used again, NICs that come and go: who a guest is, and which address it has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloneScenarioTest {
    private static final int GOLDEN = 900;

    private LabLives lives;

    @BeforeAll
    void open() {
        lives = LabLives.withDmz();
        lives.vm(GOLDEN, "golden", Map.of());
        LabLives.succeeded(lives.pve().makeTemplate(GOLDEN));
    }

    @AfterAll
    void close() {
        lives.close();
    }

    private void awaitConfig(int vmid, String key, String part) {
        await(vmid + " has " + part)
                .atMost(LabLives.PATIENCE)
                .untilAsserted(() -> assertThat(lives.pve().config(vmid, key)).contains(part));
    }

    private long images(int vmid) {
        return lives.pve().writes().stream()
                .filter(call -> call.path().endsWith("/" + vmid + "/cloudinit"))
                .count();
    }

    /** The start is refused with the reason; then the config is written; then it starts with its own address. */
    private void refusedThenWrittenThenStarts(int vmid, String key, String others) {
        LabTask refused = lives.pve().start(vmid);
        assertThat(refused.exitStatus())
                .as(() ->
                        String.join("\n", refused.log()) + "\n" + lives.house().receiverLog())
                .contains("hookscript error for " + vmid + " on pre-start");
        assertThat(String.join("\n", refused.log())).contains(others, "belongs to");
        assertThat(lives.pve().machine(vmid).boots()).isZero();
        await().atMost(LabLives.PATIENCE)
                .until(() -> !lives.pve().config(vmid, key).contains(others + "/"));
        awaitConfig(vmid, key, "ip=" + lives.address(vmid) + "/24");
        lives.start(vmid);
        await().atMost(LabLives.PATIENCE)
                .untilAsserted(() -> assertThat(lives.up(vmid)).isEqualTo(lives.address(vmid)));
        assertThat(lives.address(vmid)).isNotEqualTo(others);
    }

    @Test
    void aCloneFoundByThePollHasItsAddressBeforeItsFirstStart() {
        lives.pve().clone(GOLDEN, 901, "found");
        awaitConfig(901, "ipconfig0", "ip=192.168.1.");
        lives.start(901);
        lives.settles(901);
        LabLives.succeeded(lives.pve().stop(901));
        lives.start(901);
        lives.settles(901);
        assertThat(lives.pve().machine(901).instances()).isEqualTo(1);
        assertThat(images(901)).isZero();
    }

    @Test
    void aCloneStartedAtOnceComesUpByDhcpAndIsWrittenInItsFirstSecondsOnce() {
        lives.pve().clone(GOLDEN, 902, "hasty");
        lives.start(902);
        awaitConfig(902, "ipconfig0", "ip=192.168.1.");
        lives.settles(902);
        await().atMost(LabLives.PATIENCE).until(() -> images(902) == 1);
        LabLives.succeeded(lives.pve().reboot(902));
        await().atMost(LabLives.PATIENCE).until(() -> lives.pve().machine(902).boots() == 2);
        lives.settles(902);
        assertThat(lives.pve().machine(902).instances()).isEqualTo(1);
        assertThat(images(902)).isEqualTo(1);
    }

    @Test
    void aCloneWithItsParentsAddressIsRefusedThenWrittenThenStarts() {
        lives.vm(910, "parent", Map.of("ipconfig0", "ip=192.168.1.50/24,gw=192.168.1.1"));
        lives.start(910);
        lives.settles(910);
        assertThat(lives.address(910)).isEqualTo("192.168.1.50");
        lives.pve().clone(910, 911, "child");
        refusedThenWrittenThenStarts(911, "ipconfig0", "192.168.1.50");
        assertThat(lives.pve().machine(911).instances()).isEqualTo(1);
        BiFunction<Integer, Boolean, LabTask> archive = lives.pve().archive(910);
        LabLives.succeeded(archive.apply(912, true));
        refusedThenWrittenThenStarts(912, "ipconfig0", "192.168.1.50");
        assertThat(lives.shown(912).path("conflicts").toString()).contains("NAME_TAKEN");
        lives.settles(910);
    }

    @Test
    void aContainersCloneKeepsAddressAndHostNameAndGetsItsOwnAddressAndNoName() {
        lives.container(920, "files", "name=eth0,bridge=vmbr0,ip=192.168.1.60/24,gw=192.168.1.1");
        lives.start(920);
        lives.settles(920);
        lives.pve().clone(920, 921, "");
        assertThat(lives.pve().config(921, "hostname")).isEqualTo("files");
        refusedThenWrittenThenStarts(921, "net0", "192.168.1.60");
        assertThat(lives.shown(921).path("conflicts").toString()).contains("NAME_TAKEN");
        assertThat(lives.house().router().names()).containsEntry("files.home.lan", List.of("192.168.1.60"));
        lives.pve().set(921, Map.of("hostname", "files2"));
        lives.settles(921);
        lives.settles(920);
    }

    @Test
    void theNameThatProxmoxGivesToACloneIsANameLikeAnyOther() {
        lives.pve().clone(GOLDEN, 930, "");
        assertThat(lives.pve().config(930, "name")).isEqualTo("Copy-of-VM-golden");
        await().atMost(LabLives.PATIENCE)
                .untilAsserted(() -> assertThat(lives.house().router().names())
                        .containsEntry("copy-of-vm-golden.home.lan", List.of(lives.address(930))));
        lives.pve().set(930, Map.of("name", "chosen"));
        lives.settles(930);
        assertThat(lives.house().router().names()).doesNotContainKey("copy-of-vm-golden.home.lan");
    }

    @Test
    void aNumberThatIsUsedAgainIsAnotherGuestWithAnotherAddress() {
        lives.vm(940, "first", Map.of());
        await().atMost(LabLives.PATIENCE).until(() -> !lives.address(940).isEmpty());
        lives.container(941, "firstct", "name=eth0,bridge=vmbr0,ip=dhcp");
        await().atMost(LabLives.PATIENCE).until(() -> !lives.address(941).isEmpty());
        for (int vmid : List.of(940, 941)) {
            String old = lives.address(vmid);
            LabLives.succeeded(lives.pve().destroy(vmid));
            if (vmid == 940) {
                lives.vm(940, "second", Map.of());
            } else {
                lives.container(941, "secondct", "name=eth0,bridge=vmbr0,ip=dhcp");
            }
            lives.start(vmid);
            lives.settles(vmid);
            assertThat(lives.address(vmid)).isNotEqualTo(old);
            assertThat(quarantined(old)).isTrue();
        }
    }

    private boolean quarantined(String address) {
        return lives.house().nipap().hosts().stream()
                .filter(row -> row.address().equals(address))
                .map(LabRow::status)
                .allMatch("quarantine"::equals);
    }

    @Test
    void aGuestThatIsDestroyedAndRestoredGetsItsOldAddressEvenWithANewMac() {
        lives.vm(950, "phoenix", Map.of());
        lives.start(950);
        lives.settles(950);
        String address = lives.address(950);
        BiFunction<Integer, Boolean, LabTask> archive = lives.pve().archive(950);
        for (boolean newMac : List.of(false, true)) {
            LabLives.succeeded(lives.pve().stop(950));
            LabLives.succeeded(lives.pve().destroy(950));
            await().atMost(LabLives.PATIENCE).until(() -> quarantined(address));
            await().atMost(LabLives.PATIENCE)
                    .until(() -> !lives.house().router().names().containsKey("phoenix.home.lan"));
            LabLives.succeeded(archive.apply(950, newMac));
            lives.start(950);
            lives.settles(950);
            assertThat(lives.address(950)).isEqualTo(address);
        }
    }

    @Test
    void aMacThatChangesAloneKeepsTheAddressAndMovesTheMapping() {
        lives.runningContainer(960, "remac");
        String address = lives.address(960);
        String old = lives.mac(960, "net0");
        lives.stop(960);
        lives.pve().set(960, Map.of("net0", "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:AA:09:60,ip=dhcp"));
        lives.start(960);
        lives.settles(960);
        assertThat(lives.mapped("BC:24:11:AA:09:60")).isEqualTo(address);
        assertThat(lives.mapped(old)).isEmpty();
    }

    @Test
    void nicsComeAndGoAndMoveBetweenNetworksWhileRunningOrStopped() {
        lives.runningContainer(970, "multi");
        String address = lives.address(970);
        lives.pve()
                .set(
                        970,
                        Map.of(
                                "net1",
                                "name=eth1,bridge=vmbr0,tag=20,ip=dhcp",
                                "net2",
                                "name=eth2,bridge=vmbr9,ip=dhcp"));
        lives.house().api().post("/v1/guests/970/sync");
        assertThat(lives.row(970, "net1").map(LabRow::address))
                .hasValueSatisfying(found -> assertThat(found).startsWith("10.0.20."));
        assertThat(lives.row(970, "net2")).isEmpty();
        awaitConfig(970, "net1", "ip=10.0.20.");
        assertThat(lives.pve().config(970, "net2")).contains("ip=dhcp");
        lives.stop(970);
        String inDmz = lives.row(970, "net1").orElseThrow().address();
        lives.pve().unset(970, "net1");
        lives.pve().set(970, Map.of("net3", "name=eth3,bridge=vmbr0,tag=20,ip=dhcp"));
        lives.start(970);
        await().atMost(LabLives.PATIENCE).until(() -> lives.row(970, "net3").isPresent());
        await().atMost(LabLives.PATIENCE).until(() -> quarantined(inDmz));
        String net = lives.pve().config(970, "net0");
        lives.pve().set(970, Map.of("net0", net + ",tag=20"));
        lives.house().api().post("/v1/guests/970/sync");
        await().atMost(LabLives.PATIENCE).until(() -> quarantined(address));
        await().atMost(LabLives.PATIENCE).until(() -> lives.address(970).startsWith("10.0.20."));
        await().atMost(LabLives.PATIENCE)
                .until(() -> lives.mapped(lives.mac(970, "net0")).isEmpty());
        awaitConfig(970, "net0", "ip=" + lives.address(970) + "/24");
    }
}
