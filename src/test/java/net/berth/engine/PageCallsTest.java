package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Router;
import net.berth.http.Receiver;
import net.berth.http.ReceiverSettings;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.plan.Nets;
import net.berth.security.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What open pages cost: an engine behind a receiver, with every call to a system counted. */
class PageCallsTest {
    private static final String TOKEN = "a-token-of-this-test";
    private static final List<String> PAGE =
            List.of("/v1/guests", "/v1/conflicts", "/v1/networks", "/v1/leases", "/observe/health", "/v1/guests/101");

    private final FakeCompute compute = new FakeCompute();
    private final AtomicInteger calls = new AtomicInteger();
    private final Engine engine = Engines.writing()
            .in(Nets.LAN)
            .over(
                    counted(Compute.class, compute),
                    counted(Ipam.class, new FakeIpam()),
                    counted(Router.class, new FakeRouter()),
                    new ManualTimer());
    private final Receiver receiver = Receiver.start(
            new ReceiverSettings(
                    "127.0.0.1",
                    0,
                    List.of(),
                    List.of(Secret.of("0123456789abcdef0123456789abcdef")),
                    Secret.of(TOKEN),
                    List.of(),
                    "home",
                    new ReceiverSettings.Transport.Plain()),
            engine,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Clock.systemUTC());
    private final HttpClient client = HttpClient.newHttpClient();

    private <P> P counted(Class<P> port, P system) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    calls.incrementAndGet();
                    try {
                        return method.invoke(system, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    @AfterEach
    void close() {
        client.close();
        receiver.close();
        engine.close();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    @Test
    void openPagesCostNoCallAfterAPass() throws Exception {
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        compute.add(GuestType.LXC, 102, "db", new NicConfig.Dhcp());
        engine.sync(SyncOptions.PLAIN);
        engine.sync(SyncOptions.PLAIN);
        int before = calls.get();
        for (int look = 0; look < 10; look++) {
            for (String path : PAGE) {
                get(path);
            }
        }
        assertThat(calls.get() - before).isZero();
        assertThat(get("/v1/guests")).contains("\"name\":\"web\"", "\"state\":\"settled\"", "\"name\":\"db\"");
    }

    @Test
    void readNowIsOneComparisonForAllThatThePageShows() throws Exception {
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        engine.sync(SyncOptions.PLAIN);
        int before = calls.get();
        engine.plan();
        int comparison = calls.get() - before;
        get("/v1/guests?fresh=true");
        assertThat(calls.get() - before).isEqualTo(2 * comparison);
        for (String path : PAGE) {
            get(path);
        }
        assertThat(calls.get() - before).isEqualTo(2 * comparison);
    }

    @Test
    void aGuestThatArrivedSinceIsShownOnlyWhenTheSystemsAreRead() throws Exception {
        engine.sync(SyncOptions.PLAIN);
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        assertThat(get("/v1/guests")).startsWith("{\"items\":[],\"asOf\":");
        assertThat(get("/v1/guests?fresh=true")).contains("\"name\":\"web\"");
        assertThat(get("/v1/guests")).contains("\"name\":\"web\"");
    }

    @Test
    void anAddressIsOnTheMapAsSoonAsThisReceiverHasGivenIt() throws Exception {
        engine.sync(SyncOptions.PLAIN);
        assertThat(get("/v1/networks")).contains("\"running\":0,\"stopped\":0");
        compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
        assertThat(engine.hook(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(10)))
                .isInstanceOf(HookAnswer.Settled.class);
        int before = calls.get();
        assertThat(get("/v1/networks")).contains("\"guest\":\"home/lxc/101\",\"nic\":\"net0\"");
        assertThat(calls.get() - before).isZero();
    }
}
