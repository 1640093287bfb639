package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import net.berth.engine.port.Peer;
import net.berth.engine.report.Health;
import net.berth.engine.report.Health.Follower;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObserveTest {
    private static final Instant THEN = Instant.parse("2026-11-20T09:59:00Z");
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void healthIsGoodWhileAllPeersAnswer() {
        HttpResponse<String> answer = bench.send(bench.request("/observe/health"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"status\":\"up\",\"lastPass\":null,\"passes\":[],\"peers\":[{\"name\":\"nipap\",\"status\":\"up\","
                                + "\"lastSuccess\":\"2026-11-20T10:00:00Z\",\"problem\":null}],\"webhooks\":[]}");
    }

    @Test
    void healthShowsWhichPeerIsDownAndSaysSoInItsStatus() {
        bench.berth.feels(new Health(
                List.of(
                        new Health.PeerHealth(Peer.PROXMOX, true, THEN, ""),
                        new Health.PeerHealth(Peer.ROUTER, false, Instant.EPOCH, "the router does not answer")),
                THEN));
        HttpResponse<String> answer = bench.send(bench.request("/observe/health"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body())
                .startsWith("{\"status\":\"down\",\"lastPass\":\"2026-11-20T09:59:00Z\"")
                .contains("{\"name\":\"router\",\"status\":\"down\",\"lastSuccess\":null,"
                        + "\"problem\":\"no usable answer\"}");
    }

    @Test
    void healthNamesHostsAndUsersOnlyToThoseWithTheToken() {
        String problem = "the router 192.168.1.1 does not let berth in: Auth fail";
        String chat = "it answered 503 at https://chat.home.lan/secret";
        bench.berth.feels(new Health(
                List.of(new Health.PeerHealth(Peer.ROUTER, false, Instant.EPOCH, problem)),
                THEN,
                List.of(),
                List.of(new Follower("chat", false, false, Instant.EPOCH, chat, 3))));
        String stranger = bench.send(bench.request("/observe/health")).body();
        assertThat(stranger)
                .doesNotContain("192.168.1.1", "let berth in", "home.lan")
                .contains("\"name\":\"router\",\"status\":\"down\"", "\"problem\":\"no usable answer\"");
        assertThat(bench.send(bench.request("/observe/health").header("Authorization", "Bearer wrong"))
                        .body())
                .isEqualTo(stranger);
        assertThat(bench.send(bench.request("/observe/health").header("Authorization", "Bearer " + Bench.TOKEN))
                        .body())
                .contains(problem, chat);
    }

    @Test
    void metricsCountRequestsByRouteNotByPath() {
        bench.get("/v1/guests/101");
        bench.get("/v1/guests/102");
        bench.send(bench.request("/some/path").method("FROB", java.net.http.HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> answer = bench.send(bench.request("/observe/metrics"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("method=\"GET\",route=\"/v1/guests/{vmid}\",status=\"404\"} 2")
                .contains("method=\"other\",route=\"unknown\",status=\"404\"} 1");
    }
}
