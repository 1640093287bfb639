package net.berth.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import net.berth.security.TokenProof;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While Berth is down, a local user may listen on its port: root's commands must not hand the token over. */
class StrangerOnThePortTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private HttpServer stranger;

    @BeforeEach
    void listen() throws IOException {
        stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestHeaders().forEach((name, values) -> heard.add(name + ": " + values));
                exchange.getResponseHeaders().add(TokenProof.PROOF, TokenProof.of("a-guess", "another-challenge"));
                byte[] body = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        stranger.start();
    }

    @AfterEach
    void stop() {
        stranger.stop(0);
    }

    private ApiAccess access() {
        return ApiAccess.http("127.0.0.1", stranger.getAddress().getPort(), "token-of-the-test");
    }

    @Test
    void theTokenIsNotSentToWhatDoesNotKnowIt() {
        assertThatThrownBy(() -> new ApiClient(access()).get("/v1/guests"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("does not know the token");
        assertThatThrownBy(() -> new ApiClient(access()).post("/v1/sync")).isInstanceOf(CliException.class);
        EventFollower follower = new EventFollower(access(), Duration.ofSeconds(1), pause -> {}, new Random(1));
        assertThatThrownBy(() -> follower.run(event -> {}, remark -> {})).isInstanceOf(CliException.class);
        assertThat(heard).isNotEmpty().noneMatch(header -> header.contains("token-of-the-test"));
        assertThat(heard).noneMatch(header -> header.startsWith("Authorization"));
    }
}
