package net.berth.nipap.xmlrpc;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import net.berth.nipap.NipapSettings;
import net.berth.nipap.xmlrpc.NipapException.Garbled;
import net.berth.nipap.xmlrpc.NipapException.Unanswered;
import net.berth.nipap.xmlrpc.NipapException.Unanswered.How;
import org.jspecify.annotations.Nullable;

/**
 * One POST, sent once, answered whole within the deadline or not at all. The JDK's HttpClient sends a POST a second
 * time only when told to ({@code jdk.httpclient.enableAllMethodRetry}), unlike HttpURLConnection, which made nipapd add
 * two rows. Its own time-out covers the headers alone; hence the deadline around the whole exchange.
 */
final class HttpPost implements AutoCloseable {
    private final NipapSettings settings;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    HttpPost(NipapSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would carry the password to another host.
                .followRedirects(HttpClient.Redirect.NEVER)
                // So would a proxy that the JVM has for something else.
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(settings.deadline())
                .build();
    }

    @FunctionalInterface
    interface Reading<T> {
        T of(InputStream answer) throws IOException;
    }

    /**
     * Sends the body and reads the answer within the deadline.
     *
     * @throws Unanswered when no whole answer came in time
     * @throws Garbled when the answer is too long, or its status is other than 200
     */
    <T> T send(byte[] body, Duration deadline, Reading<T> reading) {
        String credentials = settings.username() + ":" + settings.password().reveal();
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "text/xml")
                .header("Accept-Encoding", "gzip")
                .header("Authorization", "Basic " + basic)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return inTime(deadline, () -> exchange(request, reading));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }

    private <T> T inTime(Duration deadline, Callable<T> exchange) {
        Future<T> future = threads.submit(exchange);
        try {
            return future.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new Unanswered(
                    "NIPAP at " + settings.url() + " gave no whole answer within " + deadline, How.LATE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("stopped while waiting for NIPAP at " + settings.url(), How.STOPPED, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            // Nothing to a finished exchange; closes the connection of any other.
            future.cancel(true);
        }
    }

    private <T> T exchange(HttpRequest request, Reading<T> reading) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = new Limited(response.body(), settings.byteLimit())) {
            if (response.statusCode() != 200) {
                throw refusal(response.statusCode());
            }
            String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
            return reading.of(unpacked(encoding, body));
        }
    }

    private NipapException failure(@Nullable Throwable cause) {
        if (cause instanceof NipapException known) {
            return known;
        }
        // Of a stream that ends too early the connection says so itself, before gzip can.
        if (cause instanceof ZipException || cause instanceof EOFException) {
            return new Garbled(settings.url() + " answered with broken gzip", cause);
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof TooLong) {
                return new Garbled("the answer of " + settings.url() + " is " + at.getMessage(), cause);
            }
            if (at instanceof ConnectException
                    || at instanceof HttpConnectTimeoutException
                    || at instanceof UnresolvedAddressException) {
                return new Unanswered(
                        "cannot reach NIPAP at " + settings.url() + ": " + reason(at), How.NOT_SENT, cause);
            }
        }
        return new Unanswered(
                "NIPAP at " + settings.url() + " broke off: " + (cause == null ? "?" : reason(cause)),
                How.BROKEN_OFF,
                cause);
    }

    private static String reason(Throwable at) {
        return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
    }

    /** nipapd answers everything with 200; another status comes from a wrong path, or from a proxy before it. */
    private NipapException refusal(int status) {
        String message = settings.url() + " answered HTTP " + status + ", not NIPAP's 200";
        if (status == 502 || status == 503 || status == 504) {
            return new Unanswered(message + "; is nipapd running behind its proxy?", How.BROKEN_OFF, null);
        }
        return new Garbled(message + "; check nipap.url (its path is /XMLRPC). Redirects are not followed", null);
    }

    private InputStream unpacked(String encoding, InputStream body) throws IOException {
        if (encoding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new Garbled(settings.url() + " answered in the encoding " + encoding + ", not gzip", null);
        }
        // A gzip answer of a few kB can unpack to gigabytes.
        return new Limited(new GZIPInputStream(body), settings.byteLimit());
    }

    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(long limit) {
            super("longer than " + limit + " bytes");
        }
    }

    private static final class Limited extends FilterInputStream {
        private final long limit;
        private long passed;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = in.read(buffer, offset, length);
            passed += Math.max(0, got);
            if (passed > limit) {
                throw new TooLong(limit);
            }
            return got;
        }
    }
}
