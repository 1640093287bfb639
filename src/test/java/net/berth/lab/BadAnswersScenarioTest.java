package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import net.berth.lab.LabLives.Marks;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.proxmox.ApiFailure;
import net.berth.lab.proxmox.ApiRequest;
import net.berth.lab.proxmox.Faults;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Proxmox answers badly while guests live on: nothing changes, the cause is shown, and afterwards all is as it should be.
 * Addresses would be free 3 s after a release, so that a wrong one would be seen.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadAnswersScenarioTest {
    private static final int VM = 101;
    private static final int CONTAINER = 201;

    private LabLives lives;

    @BeforeAll
    void open() {
        lives = new LabLives(Map.of("release-limit: 3", "release-limit: 2"));
        lives.runningVm(VM, "web");
        lives.runningContainer(CONTAINER, "files");
        lives.settles(VM);
        await("the end of the first start is noted")
                .atMost(LabLives.PATIENCE)
                .until(() -> lives.row(VM, "net0").orElseThrow().avps().containsKey("berth-booted"));
    }

    @AfterAll
    void close() {
        lives.close();
    }

    private static boolean any(ApiRequest call) {
        return !call.path().isEmpty();
    }

    private static boolean lists(ApiRequest call) {
        return call.path().equals("/cluster/resources");
    }

    /** Each read of the list begins with the cluster's status or its nodes, and ends with the nodes if all went well. */
    private long looks() {
        return lives.pve().calls().stream()
                .filter(call -> call.path().equals("/nodes") || call.path().equals("/cluster/status"))
                .count();
    }

    private void awaitPolls(int more) {
        long before = looks();
        await().atMost(LabLives.PATIENCE).until(() -> looks() >= before + 2L * more);
    }

    /** All that a person can see of what is wrong. */
    private String told() {
        return lives.house().api().health() + "\n" + answer("/v1/plan") + "\n" + answer("/v1/guests");
    }

    private String answer(String path) {
        try {
            return lives.house().api().get(path).toString();
        } catch (IllegalStateException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private void awaitTold(String... cause) {
        await().atMost(LabLives.PATIENCE).untilAsserted(() -> assertThat(told()).contains(cause));
    }

    private void allIsWell() {
        await().atMost(LabLives.PATIENCE).untilAsserted(() -> assertThat(told())
                .contains("\"gaps\":[]")
                .doesNotContain("\"failing\"", "\"problem\":\"Proxmox"));
        lives.settles(VM);
        lives.settles(CONTAINER);
    }

    /** While something stays wrong, for some polls and a start. */
    private void changesNothing(Faults.Standing wrong, String... cause) {
        Marks before = lives.marks();
        try (wrong) {
            awaitPolls(4);
            awaitTold(cause);
            LabLives.succeeded(lives.pve().stop(CONTAINER));
            LabLives.succeeded(lives.pve().start(CONTAINER));
            awaitPolls(2);
            assertThat(lives.marks()).isEqualTo(before);
        }
        allIsWell();
        assertThat(lives.marks()).isEqualTo(before);
    }

    @Test
    void errorsInPlaceOfTheListOfGuests() {
        changesNothing(
                lives.pve()
                        .faults()
                        .failing(BadAnswersScenarioTest::lists, ApiFailure.die("cluster file system is not ready")),
                "cluster file system is not ready");
    }

    @Test
    void errorsInPlaceOfOneGuestsConfigAreShownWithThatGuestAlone() {
        changesNothing(
                lives.pve()
                        .faults()
                        .failing(
                                call -> call.path().endsWith("/" + CONTAINER + "/config"),
                                ApiFailure.status(596, "Broken pipe")),
                "\"vmid\":201,\"type\":\"lxc\",\"name\":\"files\",\"node\":\"pve1\",\"status\":\"running\",\"state\":\"failing\"",
                "Broken pipe");
    }

    @Test
    void connectionsThatBreak() {
        changesNothing(lives.pve().faults().breaking(BadAnswersScenarioTest::any), "the connection broke off");
    }

    @Test
    void answersThatEndInTheirMiddle() {
        changesNothing(lives.pve().faults().halving(BadAnswersScenarioTest::any), "the answer is no JSON");
    }

    @Test
    void aTokenThatIsRevoked() {
        changesNothing(
                lives.pve().faults().failing(BadAnswersScenarioTest::any, ApiFailure.status(401, "invalid PVE ticket")),
                "proxmox.token-file");
    }

    @Test
    void aClusterThatLostItsQuorum() {
        changesNothing(lives.pve().faults().withoutQuorum(), "the cluster has no quorum");
    }

    @Test
    void aNodeThatIsOffline() {
        lives.pve().nodeOnline("pve2", false);
        changesNothing(() -> lives.pve().nodeOnline("pve2", true), "node pve2 is offline");
    }

    @Test
    void aTokenThatLosesItsRightOnAGuest() {
        lives.pve().acl().grant("/vms/" + CONTAINER);
        changesNothing(
                () -> lives.pve().acl().forget("/vms/" + CONTAINER),
                "home/lxc/201 is in no list",
                "need VM.Audit on /vms/201");
    }

    @Test
    void aTokenThatLosesAllItsRights() {
        lives.pve().acl().grant("/vms");
        changesNothing(
                () -> lives.pve().acl().grant("/vms", "VM.Audit", "VM.Config.Network", "VM.Config.Cloudinit"),
                "no guest is visible");
    }

    @Test
    void aListThatLacksAGuestWhichIsThere() {
        changesNothing(lives.pve().faults().hiding(VM), "home/qemu/101 is in no list, but its config is there");
    }

    @Test
    void aRightThatCameThroughAPoolGoesWithItsGuestAndItsAddressStaysUntilAnotherSaysThatItIsGone() {
        lives.pve().acl().grant("/vms/210");
        lives.pve().acl().grant("/pool/home", "VM.Audit", "VM.Config.Network", "VM.Config.Cloudinit");
        lives.container(210, "pooled", "name=eth0,bridge=vmbr0,ip=dhcp");
        lives.pve().pool(210, "home");
        lives.start(210);
        lives.settles(210);
        String address = lives.address(210);
        LabLives.succeeded(lives.pve().stop(210));
        lives.awaitStatus(210, "reserved");
        Marks before = lives.marks();
        LabLives.succeeded(lives.pve().destroy(210));
        awaitPolls(4);
        awaitTold("home/lxc/210 is in no list", "need VM.Audit on /vms/210");
        assertThat(lives.marks()).isEqualTo(before);
        lives.pve().acl().forget("/vms/210");
        assertThat(answer("/v1/guests/210")).contains("404");
        lives.house().api().hook(210, "post-stop");
        await().atMost(LabLives.PATIENCE).until(() -> isFree(address));
        allIsWell();
    }

    private boolean isFree(String address) {
        return lives.house().nipap().hosts().stream().map(LabRow::address).noneMatch(address::equals)
                && lives.house().router().mappings().stream().noneMatch(line -> line.endsWith(" " + address));
    }

    @Test
    void manyThatVanishAtOnceAreKeptUntilAPersonGivesTheCommandThatIsShown() throws Exception {
        List<Integer> many = List.of(221, 222, 223);
        LabLives.atOnce(many, vmid -> {
            lives.container(vmid, "many" + vmid, "name=eth0,bridge=vmbr0,ip=dhcp");
            lives.start(vmid);
        });
        many.forEach(lives::settles);
        LabLives.atOnce(many, vmid -> LabLives.succeeded(lives.pve().stop(vmid)));
        many.forEach(vmid -> lives.awaitStatus(vmid, "reserved"));
        many.forEach(vmid -> await().atMost(LabLives.PATIENCE)
                .until(() -> lives.pve().config(vmid, "net0").contains("ip=192.")));
        List<String> addresses = many.stream().map(lives::address).toList();
        Marks before = lives.marks();
        Faults.Standing unseen = lives.pve().faults().breaking(BadAnswersScenarioTest::lists);
        LabLives.atOnce(many, vmid -> LabLives.succeeded(lives.pve().destroy(vmid)));
        unseen.close();
        awaitPolls(5);
        awaitTold("RELEASE_HELD", "berth release 221 222 223");
        assertThat(lives.marks()).isEqualTo(before);
        assertThat(LabReceiver.command(lives.house().config(), "release", "221", "222", "223"))
                .isZero();
        await().atMost(LabLives.PATIENCE).until(() -> addresses.stream().allMatch(this::isFree));
        allIsWell();
    }
}
