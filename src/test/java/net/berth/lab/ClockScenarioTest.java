package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import net.berth.lab.proxmox.LabTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes whose clocks are off: within the tolerance nobody notices, beyond it the poll does what hooks cannot. */
class ClockScenarioTest {
    private static final Map<String, String> PLAIN = Map.of("poll: 1s", "poll: 1s");

    @ParameterizedTest
    @ValueSource(longs = {-4, 4})
    void minutesWithinTheToleranceMakeNoDifference(long minutes) {
        try (LabLives lives = new LabLives(PLAIN, Duration.ofMinutes(minutes))) {
            lives.container(201, "files", "name=eth0,bridge=vmbr0,ip=dhcp");
            LabTask start = lives.pve().start(201);
            LabLives.succeeded(start);
            assertThat(String.join("\n", start.log())).contains("192.168.1.20");
            lives.settles(201);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-7, 7})
    void minutesBeyondItRefuseTheHookAndNeverTheStartAndThePollFollows(long minutes) {
        try (LabLives lives = new LabLives(PLAIN, Duration.ofMinutes(minutes))) {
            lives.vm(101, "web", Map.of());
            await().atMost(LabLives.PATIENCE)
                    .until(() -> lives.pve().config(101, "ipconfig0").contains("ip=192.168.1.20/24"));
            LabTask start = lives.pve().start(101);
            LabLives.succeeded(start);
            assertThat(String.join("\n", start.log())).contains("401");
            booted(lives, 1);
            lives.settles(101);
            lives.awaitStatus(101, "assigned");
            LabLives.succeeded(lives.pve().stop(101));
            lives.awaitStatus(101, "reserved");
            lives.start(101);
            booted(lives, 2);
            lives.settles(101);
            assertThat(lives.pve().machine(101).instances()).isEqualTo(1);
            assertThat(lives.house().api().get("/v1/guests/101").path("state").asText())
                    .isEqualTo("settled");
        }
    }

    private static void booted(LabLives lives, int times) {
        await().atMost(LabLives.PATIENCE).until(() -> lives.pve().machine(101).boots() == times);
    }
}
