package net.berth.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.pki.PemKeys;
import io.helidon.common.tls.TlsConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.berth.engine.Berth;
import net.berth.http.guard.ApiTokens;
import net.berth.http.guard.BearerToken;
import net.berth.http.guard.ConnectionGuard;
import net.berth.http.guard.HookSignature;
import net.berth.http.guard.Refusals;
import net.berth.http.guard.Session;

/** The HTTP receiver: listens from its start to {@link #close}. */
public final class Receiver implements AutoCloseable {
    private final WebServer server;
    private final ConnectionGuard guard;
    private final EventRoutes events;

    private Receiver(WebServer server, ConnectionGuard guard, EventRoutes events) {
        this.server = server;
        this.guard = guard;
        this.events = events;
    }

    /**
     * Binds the configured address and serves. One request, one virtual thread.
     *
     * @param meters counts the requests, and is what {@code /observe/metrics} shows
     * @param clock measures the age of a hook's signature
     * @throws IllegalStateException when it cannot listen: address taken, certificate not readable
     */
    public static Receiver start(ReceiverSettings settings, Berth berth, PrometheusMeterRegistry meters, Clock clock) {
        return start(settings, Limits.DEFAULT, berth, meters, clock);
    }

    static Receiver start(
            ReceiverSettings settings, Limits limits, Berth berth, PrometheusMeterRegistry meters, Clock clock) {
        ConnectionGuard guard = new ConnectionGuard(limits.arrival(), limits.waiting());
        Failures failures = new Failures(limits);
        EventRoutes events = new EventRoutes(berth.events(), settings.cluster(), clock, limits);
        HttpRouting.Builder routing = HttpRouting.builder()
                .addFilter(new RequestFilter(guard, failures, limits.bodyBytes(), meters))
                .addFilter(new OwnHosts(settings.hosts()));
        routes(routing, settings, berth, meters, clock, events);
        failures.register(routing);

        WebServerConfig.Builder server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                // The program stops the receiver itself, before the engine, which still answers the last requests.
                .shutdownHook(false)
                .shutdownGracePeriod(limits.stop())
                .maxTcpConnections(limits.connections())
                .maxConcurrentRequests(limits.requests())
                .idleConnectionTimeout(limits.idle())
                .idleConnectionPeriod(Duration.ofSeconds(5))
                .connectionOptions(guard.sockets())
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(limits.lineBytes())
                        .maxHeadersSize(limits.headerBytes())
                        .addReceiveListener(guard)
                        .build())
                .directHandlers(failures.directHandlers())
                .routing(routing);
        try {
            if (settings.transport() instanceof ReceiverSettings.Transport.Tls tls) {
                server.tls(tls(tls));
            }
            requireFree(settings);
            WebServer started = server.build().start();
            if (started.port() < 0) {
                started.stop();
                throw new IllegalStateException("another program was faster");
            }
            return new Receiver(started, guard, events);
        } catch (RuntimeException | IOException e) {
            guard.close();
            throw new IllegalStateException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + reason(e), e);
        }
    }

    static void routes(
            HttpRules rules,
            ReceiverSettings settings,
            Berth berth,
            PrometheusMeterRegistry meters,
            Clock clock,
            EventRoutes events) {
        Refusals refusals = new Refusals(clock);
        rules.register("/v1/hooks", new HookRoutes(berth, new HookSignature(settings.hookSecrets(), clock), refusals));
        boolean https = settings.transport() instanceof ReceiverSettings.Transport.Tls;
        ApiTokens tokens = new ApiTokens(settings.apiToken(), settings.readTokens());
        Session session = new Session(tokens, https, clock);
        BearerToken token = new BearerToken(tokens, session, refusals);
        rules.register("/v1", new SessionRoutes(session, token), new ApiRoutes(berth, token, events));
        rules.register("/observe", new ObserveRoutes(berth, meters, token));
        rules.register("/", new PageRoutes());
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Accepts no more connections, waits at most 25 s for the requests in progress, then returns. */
    @Override
    public void close() {
        events.close();
        server.stop();
        guard.close();
    }

    private static TlsConfig tls(ReceiverSettings.Transport.Tls files) {
        Keys keys = Keys.builder()
                .pem(PemKeys.builder()
                        .key(Resource.create(files.privateKey()))
                        .certChain(Resource.create(files.certificate()))
                        .build())
                .build();
        return TlsConfig.builder()
                .privateKey(keys)
                .privateKeyCertChain(keys)
                .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"))
                .buildPrototype();
    }

    /** Helidon 4.5.0 does not throw when it cannot bind, but logs a stack trace (measured). */
    private static void requireFree(ReceiverSettings settings) throws IOException {
        try (ServerSocket first = new ServerSocket()) {
            first.bind(new InetSocketAddress(settings.host(), settings.port()));
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
