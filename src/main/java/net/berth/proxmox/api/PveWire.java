package net.berth.proxmox.api;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.berth.proxmox.ProxmoxSettings;
import net.berth.security.TlsTrust;

/** One HTTP exchange with one URL, whole within its deadline. No redirects, no proxy, no cookies. */
final class PveWire implements AutoCloseable {
    private static final int LONGEST_STATUS_LINE = 8 * 1024;
    private final ProxmoxSettings settings;
    private final Http1Client http;
    // Interrupting a virtual thread closes the socket that it waits for: the deadline holds for a slow drip, too.
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** An HTTP answer; without a {@code Date} header, the date is empty. */
    record Reply(int status, String reason, String body, String date) {}

    PveWire(ProxmoxSettings settings) {
        this.settings = settings;
        this.http = Http1Client.builder()
                .tls(tls(settings.trust()))
                .connectTimeout(settings.limits().connect())
                .followRedirects(false)
                .proxy(Proxy.noProxy())
                .servicesDiscoverServices(false)
                .shareConnectionCache(false)
                .dnsResolver((host, lookup) -> resolve(host))
                .connectionCacheSize(settings.limits().parallel())
                // The status line has the text of an error.
                .protocolConfig(config -> config.maxStatusLineLength(LONGEST_STATUS_LINE))
                .build();
    }

    private static Tls tls(TlsTrust trust) {
        return Tls.builder()
                .sslContext(trust.context())
                .endpointIdentificationAlgorithm(
                        trust.checksHostName() ? Tls.ENDPOINT_IDENTIFICATION_HTTPS : Tls.ENDPOINT_IDENTIFICATION_NONE)
                .build();
    }

    /** Helidon's own resolver hides what went wrong. */
    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("the name " + host + " has no address", e);
        }
    }

    /**
     * Sends a call.
     *
     * @param fresh whether to take a new connection: one that lay idle may be dead, and a write is sent only once
     * @throws PveException {@link PveError.NotConnected} when nothing was sent, {@link PveError.NoAnswer} when no whole
     *     answer came
     */
    Reply send(URI base, PveCall call, Duration deadline, boolean fresh) {
        Future<Reply> reply = threads.submit(() -> exchange(base, call, deadline, fresh));
        try {
            return reply.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw call.failed(new PveError.NoAnswer("no whole answer from " + base + " in time"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw call.failed(new PveError.NoAnswer("interrupted"), e);
        } catch (ExecutionException e) {
            throw failure(base, call, e.getCause() == null ? e : e.getCause());
        } finally {
            reply.cancel(true);
        }
    }

    private Reply exchange(URI base, PveCall call, Duration deadline, boolean fresh) throws IOException {
        String form = call.form();
        String query = call.writes() || form.isEmpty() ? "" : "?" + form;
        Http1ClientRequest request = http.method(Method.create(call.method().name()))
                .uri(URI.create(base.getScheme() + "://" + base.getAuthority() + "/api2/json" + call.path() + query))
                .skipUriEncoding(true)
                .header(HeaderNames.AUTHORIZATION, settings.token().header())
                .header(HeaderNames.ACCEPT, "application/json")
                .readTimeout(deadline)
                .keepAlive(!fresh);
        try (HttpClientResponse response = call.writes() ? submit(request, form) : request.request();
                InputStream body = response.inputStream()) {
            int most = Math.min(settings.limits().answerBytes(), call.answerBytes());
            byte[] bytes = body.readNBytes(room(response, most));
            if (bytes.length > most) {
                throw call.garbled("the answer is longer than " + most + " bytes");
            }
            return new Reply(
                    response.status().code(),
                    response.status().reasonPhrase(),
                    new String(bytes, StandardCharsets.UTF_8),
                    response.headers().first(HeaderNames.DATE).orElse(""));
        }
    }

    /** No more than the answer needs: both this and Helidon make room for all of it at once, hundreds of times a second. */
    private static int room(HttpClientResponse response, int most) {
        long beyond = most + 1L;
        return (int)
                Math.min(beyond, Math.max(0, response.headers().contentLength().orElse(beyond)));
    }

    private static HttpClientResponse submit(Http1ClientRequest request, String form) {
        return request.header(HeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded")
                .submit(form.getBytes(StandardCharsets.US_ASCII));
    }

    /** Separates failures before anything was sent from those behind it: only the first may be tried elsewhere. */
    private static PveException failure(URI base, PveCall call, Throwable failure) {
        if (failure instanceof PveException known) {
            return known;
        }
        Throwable root = chain(failure).reduce((outer, inner) -> inner).orElse(failure);
        String text = base + ": " + describe(root);
        PveError error = chain(failure).anyMatch(PveWire::beforeSending)
                ? new PveError.NotConnected(text)
                : new PveError.NoAnswer(text);
        return call.failed(error, failure);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.<Throwable>iterate(failure, t -> t != null, Throwable::getCause)
                .limit(20);
    }

    private static boolean beforeSending(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || failure instanceof UnresolvedAddressException
                || failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException
                || (failure instanceof UncheckedIOException && describe(failure).contains("SSL handshake"))
                || (failure instanceof SocketTimeoutException
                        && describe(failure).toLowerCase(Locale.ROOT).contains("connect timed out"));
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof DataReader.InsufficientDataAvailableException || failure instanceof EOFException) {
            return "the connection broke off before the whole answer was there";
        }
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.closeResource();
    }
}
