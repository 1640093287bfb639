package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A network of {@code berth.yaml} whose prefix NIPAP lacks, until the operator adds it. */
class PrefixScenarioTest {
    private static final Map<String, String> OTHER_NETWORK = Map.of("192.168.1.", "192.168.7.", "    dhcp: LAN\n", "");

    private static List<JsonNode> missing(LabLives lives, String path) {
        return StreamSupport.stream(lives.house().api().get(path).path("items").spliterator(), false)
                .filter(one -> one.path("code").asText().equals("PREFIX_MISSING"))
                .toList();
    }

    private static long lines(LabLives lives, String text) {
        return lives.house()
                .receiverLog()
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    @Test
    void aPrefixThatNipapLacksIsOneConflictOfItsNetworkAndNothingIsClaimedThere() {
        try (LabLives lives = new LabLives(OTHER_NETWORK)) {
            LabGuests guests = new LabGuests(lives.house());
            guests.container(201, "web");
            guests.container(202, "db");
            lives.start(201);
            lives.start(202);
            await().atMost(LabLives.PATIENCE).untilAsserted(() -> assertThat(
                            lives.house().api().get("/v1/guests").findValuesAsText("state"))
                    .containsOnly("conflict"));

            JsonNode plan = lives.house().api().get("/v1/plan");
            assertThat(plan.path("items")).as("nothing is to be claimed").isEmpty();
            assertThat(missing(lives, "/v1/conflicts")).singleElement().satisfies(conflict -> {
                assertThat(conflict.path("guest").isNull()).isTrue();
                assertThat(conflict.path("message").asText())
                        .contains("network lan", "192.168.7.0/24 is not in VRF default");
                assertThat(conflict.path("fix").asText())
                        .isEqualTo(
                                "nipap address add prefix 192.168.7.0/24 type assignment vrf_rt none description lan");
            });
            assertThat(lives.house().nipap().calls("add_prefix")).isZero();
            assertThat(lives.house().api().health().toString()).contains("192.168.7.0/24 is not in VRF default");
            assertThat(lines(lives, "192.168.7.0/24")).as("logged once").isEqualTo(1);

            lives.house().nipap().addAssignment("192.168.7.0/24", "lan");

            await().atMost(LabLives.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(lives.house().nipap().hosts()).hasSize(2));
            await().atMost(LabLives.PATIENCE).untilAsserted(() -> assertThat(missing(lives, "/v1/conflicts"))
                    .isEmpty());
        }
    }
}
