package net.berth.engine;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.berth.engine.port.RealTimer;
import net.berth.http.Receiver;
import net.berth.http.ReceiverSettings;
import net.berth.plan.Nets;
import net.berth.security.Secret;

/** A real engine behind a real receiver, with systems in memory, looked at as Prometheus does. */
final class ScrapedEngine implements AutoCloseable {
    final FakeCompute compute = new FakeCompute();
    final FakeIpam ipam = new FakeIpam();
    final FakeRouter router = new FakeRouter();
    final Engine engine;
    private final RealTimer timer = new RealTimer();
    private final Receiver receiver;
    private final HttpClient client = HttpClient.newHttpClient();

    ScrapedEngine() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        engine = Engines.writing().in(Nets.LAN).over(compute, ipam, router, timer, meters);
        Secret secret = Secret.of("0123456789abcdef0123456789abcdef");
        ReceiverSettings listen = new ReceiverSettings(
                "127.0.0.1",
                0,
                List.of(),
                List.of(secret),
                Secret.of("a-token-of-this-test"),
                List.of(),
                "home",
                new ReceiverSettings.Transport.Plain());
        receiver = Receiver.start(listen, engine, meters, Clock.systemUTC());
    }

    /** The text of {@code /observe/metrics}. */
    String scrape() {
        return send(HttpRequest.newBuilder(uri("/observe/metrics")));
    }

    /** A hook without a signature: counted, and refused. */
    void unsignedHook() {
        send(HttpRequest.newBuilder(uri("/v1/hooks/guest")).POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + receiver.port() + path);
    }

    private String send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
        receiver.close();
        engine.close();
        timer.close();
    }
}
