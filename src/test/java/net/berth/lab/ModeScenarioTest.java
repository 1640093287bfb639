package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import net.berth.lab.nipap.LabRow;
import org.junit.jupiter.api.Test;

/** A house whose receiver goes from {@code sync} to {@code report}, to {@code create} and back, with all there is to do. */
class ModeScenarioTest {

    private static void mode(LabLives lives, String from, String to) throws IOException {
        lives.house().stopReceiver();
        String settings = Files.readString(lives.house().config());
        Files.writeString(lives.house().config(), settings.replace("mode: " + from, "mode: " + to));
        lives.house().startReceiver();
        lives.house().afterFirstPass();
    }

    private static void awaitPolls(LabLives lives) {
        long before = polls(lives);
        await().atMost(LabLives.PATIENCE).until(() -> polls(lives) >= before + 4);
    }

    private static long polls(LabLives lives) {
        return lives.pve().calls().stream()
                .filter(call -> call.path().equals("/cluster/resources"))
                .count();
    }

    private static List<String> states(LabLives lives) {
        return lives.house().nipap().hosts().stream()
                .map(row -> row.address() + " " + row.externalKey() + " " + row.status())
                .sorted()
                .toList();
    }

    @Test
    void reportWritesNothingCreateOnlyAddsAndSyncDoesTheRest() throws IOException {
        try (LabLives lives = LabLives.withDmz()) {
            lives.vm(900, "golden", Map.of());
            LabLives.succeeded(lives.pve().makeTemplate(900));
            lives.runningContainer(201, "stays");
            lives.runningContainer(202, "goes");
            lives.runningContainer(203, "moves");
            lives.runningContainer(204, "drifts");
            List.of(201, 202, 203, 204).forEach(lives::settles);
            String gone = lives.address(202);
            String moved = lives.address(203);

            mode(lives, "sync", "report");
            String nipap = lives.house().nipap().dump(row -> true);
            int writes = lives.pve().writes().size();
            allThereIsToDo(lives);
            String router = lives.house().router().dump();
            lives.house().api().post("/v1/sync?write-back=true");
            lives.house().api().post("/v1/guests/901/sync?write-back=true");
            awaitPolls(lives);
            assertThat(lives.house().nipap().dump(row -> true)).isEqualTo(nipap);
            assertThat(lives.house().router().dump()).isEqualTo(router);
            assertThat(lives.pve().writes()).hasSize(writes);
            assertThat(lives.house().api().get("/v1/plan").toString())
                    .contains("claim ", "home/qemu/901", "home/lxc/202 does not exist any more", moved, "drifts");

            List<String> before = states(lives);
            mode(lives, "report", "create");
            LabLives.succeeded(lives.pve().stop(901));
            lives.start(901);
            lives.settles(901);
            await().atMost(LabLives.PATIENCE)
                    .until(() -> lives.mapped(lives.mac(204, "net0")).equals(lives.address(204)));
            awaitPolls(lives);
            assertThat(lives.house().router().dump().lines())
                    .containsAll(router.lines().toList());
            assertThat(lives.house().nipap().hosts())
                    .extracting(LabRow::status)
                    .as("a create releases nothing")
                    .doesNotContain("quarantine");
            assertThat(states(lives).stream().map(line -> line.replaceFirst(" \\w+$", "")))
                    .containsAll(before.stream()
                            .map(line -> line.replaceFirst(" \\w+$", ""))
                            .toList());
            assertThat(lives.address(203)).as("moved, and not let go").isEqualTo(moved);

            mode(lives, "create", "sync");
            await().atMost(LabLives.PATIENCE).until(() -> rests(lives, gone) && rests(lives, moved));
            await().atMost(LabLives.PATIENCE).until(() -> lives.address(203).startsWith("10.0.20."));
            List.of(201, 204, 901).forEach(lives::settles);
        }
    }

    /** A first start, a stop, a NIC on another network, a guest destroyed, a name changed, a mapping lost. */
    private static void allThereIsToDo(LabLives lives) {
        lives.pve().clone(900, 901, "fresh");
        lives.start(901);
        LabLives.succeeded(lives.pve().stop(201));
        LabLives.succeeded(lives.pve().stop(202));
        LabLives.succeeded(lives.pve().destroy(202));
        lives.pve().set(203, Map.of("net0", lives.pve().config(203, "net0") + ",tag=20"));
        lives.house()
                .router()
                .admin("delete service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping"
                        + " drifts");
    }

    private static boolean rests(LabLives lives, String address) {
        return lives.house().nipap().hosts().stream()
                .filter(row -> row.address().equals(address))
                .allMatch(row -> row.status().equals("quarantine"));
    }
}
