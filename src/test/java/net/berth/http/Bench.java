package net.berth.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.berth.engine.SettableClock;
import net.berth.security.Secret;

/** A receiver on a free port with an engine that is a fake, and ways to speak to it. */
public final class Bench implements AutoCloseable {
    public static final String TOKEN = "correct-horse-battery";
    static final String READ_TOKEN = "staple-of-that-horse";
    public static final String SECRET = "0123456789abcdef0123456789abcdef";
    public static final String OLD_SECRET = "fedcba9876543210fedcba9876543210";

    public final FakeBerth berth = new FakeBerth();
    public final SettableClock clock = new SettableClock();
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    public final Receiver receiver;
    private final HttpClient client = HttpClient.newHttpClient();

    public Bench() {
        this(Limits.DEFAULT);
    }

    Bench(ReceiverSettings settings) {
        receiver = Receiver.start(settings, Limits.DEFAULT, berth, meters, clock);
    }

    Bench(Limits limits) {
        receiver = Receiver.start(settings(), limits, berth, meters, clock);
    }

    static ReceiverSettings settings() {
        return new ReceiverSettings(
                "127.0.0.1",
                0,
                List.of("berth.home.lan"),
                List.of(Secret.of(SECRET), Secret.of(OLD_SECRET)),
                Secret.of(TOKEN),
                List.of(Secret.of(READ_TOKEN)),
                "home",
                new ReceiverSettings.Transport.Plain());
    }

    /** Limits that a test reaches soon. */
    static Limits tight(int requests) {
        return new Limits(
                16 * 1024,
                4 * 1024,
                8 * 1024,
                64,
                requests,
                48,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                2,
                Duration.ofMillis(200));
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).header("Authorization", "Bearer " + TOKEN));
    }

    HttpResponse<String> post(String path) {
        return send(request(path).header("Authorization", "Bearer " + TOKEN).POST(HttpRequest.BodyPublishers.noBody()));
    }

    public HttpResponse<String> hook(HookCall call) {
        return send(call.on(request("/v1/hooks/guest")));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends bytes as they are, and reads until the receiver closes the connection. */
    public String raw(String bytes) {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return readToEnd(socket);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** What comes until the connection is closed; a reset closes it too. */
    static String readToEnd(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException e) {
            all.write("[reset]".getBytes(StandardCharsets.US_ASCII));
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
        receiver.close();
    }
}
