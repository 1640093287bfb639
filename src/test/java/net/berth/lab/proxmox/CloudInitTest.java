package net.berth.lab.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.berth.proxmox.text.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The stand-in's cloud-init image is byte for byte what the real generator made. */
class CloudInitTest {
    private final CloudInit generator = new CloudInit(new Formats(PveVersion.PVE_9), "192.0.2.1", "lan.example");

    @TestFactory
    Stream<DynamicTest> rendersWhatProxmoxRenders() {
        return Vectors.of("cloudinit.json").stream()
                .filter(v -> !v.path("config").path("citype").asText("nocloud").equals("configdrive2"))
                .map(v -> DynamicTest.dynamicTest(v.path("id").asText(), () -> check(v)));
    }

    private void check(JsonNode vector) {
        Map<String, String> config = new TreeMap<>();
        vector.path("config")
                .properties()
                .forEach(e -> config.put(e.getKey(), e.getValue().asText()));
        int vmid = vector.path("vmid").asInt();
        if (vector.has("error")) {
            assertThatThrownBy(() -> generator.render(vmid, config))
                    .hasMessage(vector.path("error").asText());
            return;
        }
        CloudInit.Image image = generator.render(vmid, config);
        assertThat(image.network()).isEqualTo(vector.path("network").asText());
        assertThat(image.user()).isEqualTo(vector.path("user").asText());
        assertThat(image.meta()).isEqualTo(vector.path("meta").asText());
        assertThat(image.instanceId()).isEqualTo(vector.path("instance_id").asText());
    }
}
