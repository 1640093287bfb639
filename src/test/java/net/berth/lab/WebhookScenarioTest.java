package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import net.berth.lab.proxmox.PveOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody with a chat program and a dead one in the settings, and the real receiver. */
class WebhookScenarioTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PveOptions.Timings TIMINGS = new PveOptions.Timings(
            Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(20));

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> sources = new CopyOnWriteArrayList<>();
    private HttpServer chat;

    @BeforeEach
    void listen() throws IOException {
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        chat.createContext("/hooks/a-token-of-the-chat", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean signed =
                    exchange.getRequestHeaders().getFirst("webhook-signature").startsWith("v1,");
            heard.add((signed ? "" : "unsigned ")
                    + new ObjectMapper().readTree(body).path("type").asText() + " "
                    + new ObjectMapper().readTree(body).path("subject").asText());
            sources.add(new ObjectMapper().readTree(body).path("source").asText());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        chat.start();
    }

    @AfterEach
    void stop() {
        chat.stop(0);
    }

    @Test
    void aStartIsToldToTheChatAndADeadReceiverIsToldOfEverywhereButItsAddressNowhere() {
        String notify = """
                notify:
                  - url: http://127.0.0.1:%d/hooks/a-token-of-the-chat
                    secret-file: hook.secret
                    events: [guest.settled, webhook.down]
                  - url: http://localhost:%d/a-token-of-the-dead
                    secret-file: hook.secret
                networks:
                """.formatted(chat.getAddress().getPort(), LabSettings.freePort());
        try (LabHouse house =
                LabHouse.open(TIMINGS, Map.of("networks:\n", notify)).afterFirstPass()) {
            house.pve()
                    .createContainer(
                            201,
                            "pve1",
                            Map.of(
                                    "hostname", "files",
                                    "net0", "name=eth0,bridge=vmbr0,ip=dhcp",
                                    "hookscript", house.hook()));
            assertThat(house.pve().start(201).exitStatus()).isEqualTo("OK");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard)
                    .contains("guest.settled home/lxc/201", "webhook.down localhost"));
            assertThat(heard).allMatch(event -> event.startsWith("guest.settled") || event.startsWith("webhook.down"));
            assertThat(sources).containsOnly("/berth/home");
            assertThat(house.api().health().path("status").asText()).isEqualTo("up");
            assertThat(house.api().health().path("webhooks").toString())
                    .contains("\"receiver\":\"127.0.0.1\",\"status\":\"up\"")
                    .contains("\"receiver\":\"localhost\",\"status\":\"down\"")
                    .doesNotContain("a-token-of");
            assertThat(house.receiverLog())
                    .containsOnlyOnce("events do not reach localhost")
                    .doesNotContain("a-token-of");
        }
    }
}
