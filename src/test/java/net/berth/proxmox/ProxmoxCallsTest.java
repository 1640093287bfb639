package net.berth.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.berth.engine.port.Compute.History;
import net.berth.engine.port.Compute.WriteResult;
import net.berth.lab.proxmox.PveOptions;
import net.berth.model.Guest;
import net.berth.model.GuestStatus;
import net.berth.model.Inventory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many calls Proxmox gets for what, when nothing goes wrong. The stand-in's cluster has two nodes. */
class ProxmoxCallsTest {
    @TempDir
    private Path folder;

    private LabFixture fixture;
    private int before;

    @BeforeEach
    void start() {
        fixture = new LabFixture(PveOptions.quick(), folder);
        fixture.lab.unset(101, "hookscript");
        count();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void count() {
        before = fixture.lab.calls().size();
    }

    private List<String> calls() {
        return fixture.lab.calls().stream()
                .skip(before)
                .map(call -> call.method() + " " + call.path())
                .toList();
    }

    private Inventory.Entry entry(int vmid) {
        Inventory.Entry entry = fixture.compute.inventory().find(vmid).orElseThrow();
        count();
        return entry;
    }

    @Test
    void theInventoryIsThreeCalls() {
        fixture.compute.inventory();
        assertThat(calls()).hasSize(3);
    }

    @Test
    void theInventoryIsThreeCallsWithoutTheRightToSeeTheQuorumTooOnceThatIsKnown() {
        fixture.lab.acl().grant("/");
        fixture.compute.inventory();
        count();
        fixture.compute.inventory();
        assertThat(calls()).containsExactly("GET /nodes", "GET /cluster/resources", "GET /nodes");
    }

    @Test
    void aGuestIsReadInOneCallAndHasTheStatusOfItsEntry() {
        Inventory.Entry stopped = entry(101);
        fixture.lab.start(101);
        count();
        Guest guest = fixture.compute.read(stopped).orElseThrow();
        assertThat(calls()).containsExactly("GET /nodes/pve1/qemu/101/config");
        assertThat(guest.status()).isEqualTo(GuestStatus.STOPPED);
    }

    @Test
    void theStatusIsOneCallAndExact() {
        Inventory.Entry stopped = entry(101);
        fixture.lab.start(101);
        count();
        Inventory.Entry now = fixture.compute.status(stopped).orElseThrow();
        assertThat(calls()).containsExactly("GET /nodes/pve1/qemu/101/status/current");
        assertThat(now.status()).isEqualTo(GuestStatus.RUNNING);
        assertThat(now.isLike(stopped)).isFalse();
        fixture.lab.stop(101);
        assertThat(fixture.compute.status(now).orElseThrow().isLike(stopped)).isTrue();
        fixture.lab.destroy(101);
        assertThat(fixture.compute.status(now)).isEmpty();
    }

    @Test
    void theHistoryIsOneCallAndTwoForEachNodeAtMost() {
        Guest guest = fixture.compute.read(entry(101)).orElseThrow();
        count();
        assertThat(fixture.compute.history(guest)).isEqualTo(History.NEVER_RAN);
        assertThat(calls()).hasSizeLessThanOrEqualTo(1 + 2 * 2);
    }

    @Test
    void theHistoryOfABusyClusterIsNoMore() {
        Guest guest = fixture.compute.read(entry(101)).orElseThrow();
        for (int i = 0; i < 120; i++) {
            fixture.lab.start(200);
            fixture.lab.stop(200);
        }
        count();
        assertThat(fixture.compute.history(guest)).isEqualTo(History.NEVER_RAN);
        assertThat(calls()).hasSizeLessThanOrEqualTo(1 + 2 * 2);
        fixture.lab.start(101);
        fixture.lab.stop(101);
        assertThat(fixture.compute.history(guest)).isEqualTo(History.HAS_RUN);
    }

    @Test
    void anAddressIsWrittenInTwoCalls() {
        assertThat(fixture.compute.write(LabFixture.vmWrite())).isInstanceOf(WriteResult.Written.class);
        assertThat(calls()).containsExactly("GET /nodes/pve1/qemu/101/pending", "PUT /nodes/pve1/qemu/101/config");
        count();
        assertThat(fixture.compute.write(LabFixture.containerWrite())).isInstanceOf(WriteResult.Written.class);
        assertThat(calls()).containsExactly("GET /nodes/pve2/lxc/200/pending", "PUT /nodes/pve2/lxc/200/config");
        count();
        assertThat(fixture.compute.write(LabFixture.containerWrite())).isInstanceOf(WriteResult.Unchanged.class);
        assertThat(calls()).hasSize(1);
    }
}
