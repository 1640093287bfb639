package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import net.berth.lab.nipap.LabRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** NICs of a VM that come, go and move, in force at once or waiting for its next start; and what it has on them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NicScenarioTest {
    private static final String LAN = ",bridge=vmbr0";
    private static final String DMZ = ",bridge=vmbr0,tag=20";

    private LabLives lives;

    @BeforeAll
    void open() {
        lives = LabLives.withDmz();
    }

    @AfterAll
    void close() {
        lives.close();
    }

    private void set(int vmid, String nic, int number, String where) {
        lives.pve().set(vmid, Map.of(nic, net(vmid, number, where)));
    }

    private static String net(int vmid, int number, String where) {
        return "virtio=BC:24:11:0A:%02X:%02X".formatted(vmid, number) + where;
    }

    private void sync(int vmid) {
        lives.house().api().post("/v1/guests/" + vmid + "/sync");
    }

    private String address(int vmid, String nic) {
        return lives.row(vmid, nic).map(LabRow::address).orElse("");
    }

    private void restart(int vmid) {
        LabLives.succeeded(lives.pve().stop(vmid));
        lives.start(vmid);
    }

    private boolean rests(String address) {
        return lives.house().nipap().hosts().stream()
                .filter(row -> row.address().equals(address))
                .map(LabRow::status)
                .allMatch("quarantine"::equals);
    }

    @Test
    void whatIsInForceAtOnceCountsAtOnce() {
        lives.runningVm(101, "plugged");
        String lan = lives.address(101);
        set(101, "net1", 1, DMZ);
        set(101, "net2", 2, ",bridge=vmbr9");
        sync(101);
        String dmz = address(101, "net1");
        assertThat(dmz).startsWith("10.0.20.");
        assertThat(lives.row(101, "net2")).isEmpty();
        assertThat(lives.shown(101).at("/nics/2/network").isNull()).isTrue();
        lives.pve().unset(101, "net1");
        sync(101);
        assertThat(rests(dmz)).isTrue();
        set(101, "net0", 0, DMZ);
        sync(101);
        await().atMost(LabLives.PATIENCE).until(() -> address(101, "net0").startsWith("10.0.20."));
        assertThat(rests(lan)).isTrue();
        await().atMost(LabLives.PATIENCE)
                .until(() -> lives.mapped(lives.mac(101, "net0")).isEmpty());
        assertThat(lives.house().router().names()).doesNotContainKey("plugged.home.lan");
    }

    @Test
    void whatWaitsForTheNextStartCountsFromThen() {
        lives.runningVm(102, "pending");
        String lan = lives.address(102);
        lives.pve().addPending(102, "net1", net(102, 1, LAN));
        sync(102);
        assertThat(lives.row(102, "net1")).as("not there yet").isEmpty();
        restart(102);
        await().atMost(LabLives.PATIENCE).until(() -> !address(102, "net1").isEmpty());
        String second = address(102, "net1");
        assertThat(lives.mapped("BC:24:11:0A:66:01")).isEqualTo(second);
        lives.pve().addPendingDelete(102, "net1");
        lives.pve().addPending(102, "net0", lives.pve().config(102, "net0") + ",tag=20");
        sync(102);
        assertThat(address(102, "net1")).as("still in force").isEqualTo(second);
        assertThat(lives.address(102)).isEqualTo(lan);
        restart(102);
        await().atMost(LabLives.PATIENCE).until(() -> rests(second) && rests(lan));
        await().atMost(LabLives.PATIENCE).until(() -> lives.address(102).startsWith("10.0.20."));
        await().atMost(LabLives.PATIENCE)
                .until(() -> lives.mapped("BC:24:11:0A:66:01").isEmpty());
    }

    @Test
    void aStoppedVmsNicsAreLookedAtBeforeItRuns() {
        lives.runningVm(103, "stopped");
        lives.stop(103);
        String lan = lives.address(103);
        set(103, "net1", 1, LAN);
        lives.pve().set(103, Map.of("net0", lives.pve().config(103, "net0") + ",tag=20"));
        lives.start(103);
        assertThat(lives.mapped("BC:24:11:0A:67:01"))
                .as("mapped before it asks")
                .isEqualTo(address(103, "net1"))
                .isNotEmpty();
        await().atMost(LabLives.PATIENCE).until(() -> rests(lan));
        assertThat(lives.address(103)).startsWith("10.0.20.");
    }

    @Test
    void whatAGuestReallyHasIsShownWhereItMayBeAskedAndADifferenceIsTold() {
        lives.vm(104, "agent", Map.of("agent", "1"));
        lives.start(104);
        lives.settles(104);
        assertThat(lives.shown(104).at("/nics/0").has("live"))
                .as("without the right nothing is known and nothing is wrong")
                .isFalse();
        assertThat(lives.house().api().health().path("peers").toString())
                .contains("{\"name\":\"proxmox\",\"status\":\"up\"");
        lives.pve().acl().grant("/vms", "VM.Audit", "VM.Config.Network", "VM.Config.Cloudinit", "VM.GuestAgent.Audit");
        assertThat(lives.shown(104).at("/nics/0/live/0").asText()).isEqualTo(lives.address(104));
        lives.pve().takeAddress(104, 0, "192.168.1.250");
        assertThat(lives.shown(104).path("state").asText()).isEqualTo("conflict");
        assertThat(lives.shown(104).at("/nics/0/live/0").asText()).isEqualTo("192.168.1.250");
        assertThat(lives.house().api().get("/v1/conflicts").toString())
                .contains("GUEST_DIFFERS", "really has 192.168.1.250");
        restart(104);
        lives.settles(104);
        await().atMost(LabLives.PATIENCE)
                .until(() -> lives.shown(104).path("state").asText().equals("settled"));
        lives.runningContainer(204, "ct");
        assertThat(lives.shown(204).at("/nics/0/live/0").asText()).isEqualTo(lives.address(204));
    }
}
