package net.berth.nipap.xmlrpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import net.berth.nipap.NipapSettings;
import net.berth.nipap.xmlrpc.NipapUnanswered.How;
import org.jspecify.annotations.Nullable;

/**
 * One POST, sent once, answered whole within the deadline or not at all. The JDK's HttpClient sends a POST a second
 * time only when told to ({@code jdk.httpclient.enableAllMethodRetry}), unlike HttpURLConnection, which made nipapd add
 * two rows. Its own time-out covers the headers alone; hence the deadline around the future.
 */
final class HttpPost implements AutoCloseable {
    private final NipapSettings settings;
    private final HttpClient client;

    HttpPost(NipapSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would carry the password to another host.
                .followRedirects(HttpClient.Redirect.NEVER)
                // So would a proxy that the JVM was told of for something else.
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(settings.deadline())
                .build();
    }

    /**
     * Sends the body and answers the unpacked answer, which fails with {@link AnswerTooLong} beyond the byte limit.
     *
     * @throws NipapUnanswered when no whole answer came in time
     * @throws NipapGarbled when the answer is too long, or its status is other than 200
     */
    InputStream send(byte[] body, Duration deadline) {
        HttpResponse<byte[]> response = exchange(request(body), deadline);
        if (response.statusCode() != 200) {
            throw refusal(response.statusCode());
        }
        return unpacked(response);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest request(byte[] body) {
        String credentials = settings.username() + ":" + settings.password().reveal();
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "text/xml")
                .header("Accept-Encoding", "gzip")
                .header("Authorization", "Basic " + basic)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, Duration deadline) {
        CompletableFuture<HttpResponse<byte[]>> future =
                client.sendAsync(request, info -> new LimitedBody(settings.byteLimit()));
        try {
            return future.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new NipapUnanswered(
                    "NIPAP at " + settings.url() + " gave no whole answer within " + deadline, How.LATE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NipapUnanswered("stopped while waiting for NIPAP at " + settings.url(), How.STOPPED, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            // Nothing to a finished exchange; closes the connection of any other.
            future.cancel(true);
        }
    }

    private NipapException failure(@Nullable Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof AnswerTooLong) {
                return new NipapGarbled("the answer of " + settings.url() + " is " + at.getMessage(), cause);
            }
            if (at instanceof ConnectException
                    || at instanceof HttpConnectTimeoutException
                    || at instanceof UnresolvedAddressException) {
                return new NipapUnanswered(
                        "cannot reach NIPAP at " + settings.url() + ": " + reason(at), How.NOT_SENT, cause);
            }
        }
        return new NipapUnanswered(
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
            return new NipapUnanswered(message + "; is nipapd running behind its proxy?", How.BROKEN_OFF, null);
        }
        return new NipapGarbled(message + "; check nipap.url (its path is /XMLRPC). Redirects are not followed", null);
    }

    private InputStream unpacked(HttpResponse<byte[]> response) {
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        InputStream sent = new ByteArrayInputStream(response.body());
        if (encoding.equalsIgnoreCase("identity")) {
            return sent;
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new NipapGarbled(settings.url() + " answered in the encoding " + encoding + ", not gzip", null);
        }
        try {
            return new LimitedStream(new GZIPInputStream(sent), settings.byteLimit());
        } catch (IOException e) {
            throw new NipapGarbled(settings.url() + " answered with broken gzip", e);
        }
    }
}
