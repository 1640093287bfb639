package net.berth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the running receiver. */
final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final ApiAccess access;

    ApiClient(ApiAccess access) {
        this.access = access;
    }

    /** Gets what the receiver last saw. Only before its first pass is over, it reads the systems for that. */
    Answer get(String path) {
        return send(path, "GET", Duration.ofSeconds(90));
    }

    /** Like {@link #get}, but the receiver reads all systems first, which takes minutes in a large cluster. */
    Answer getFresh(String path) {
        return send(path + "?fresh=true", "GET", Duration.ofMinutes(15));
    }

    /** Lets something be done; a router's commit may take minutes. */
    Answer post(String path) {
        return send(path, "POST", Duration.ofMinutes(15));
    }

    private Answer send(String path, String method, Duration deadline) {
        HttpRequest request = HttpRequest.newBuilder(access.base().resolve(path))
                .header("Authorization", "Bearer " + access.token())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpClient client = client(access);
        try {
            // Not the request's own timeout: that ends with the headers.
            HttpResponse<String> response = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .get(deadline.toSeconds(), TimeUnit.SECONDS);
            return answer(response);
        } catch (TimeoutException e) {
            throw new CliException(
                    "the receiver at " + access.base() + " did not answer within " + deadline.toSeconds()
                            + " s; its log may say why",
                    e);
        } catch (ExecutionException e) {
            throw new CliException(reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", e);
        } finally {
            client.shutdownNow();
        }
    }

    static HttpClient client(ApiAccess access) {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        access.certificates().stream().findFirst().map(Pinned::context).ifPresent(client::sslContext);
        return client.build();
    }

    private String reason(ExecutionException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ConnectException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return "no receiver runs at " + access.base()
                    + ": start it (systemctl start berth, or berth serve), or correct server.listen";
        }
        return "the receiver at " + access.base() + " could not be asked: " + cause.getMessage();
    }

    private Answer answer(HttpResponse<String> response) {
        JsonNode body = tree(response.body());
        int status = response.statusCode();
        if (status == 200) {
            return new Answer(response.body(), body);
        }
        String detail = Json.text(body, "detail");
        if (status == 401) {
            detail = detail + " The receiver runs with another token than these settings: restart it.";
        }
        throw new CliException(detail.isBlank() ? access.base() + " answered " + status : detail.strip());
    }

    private JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new CliException(access.base() + " does not answer as Berth does; another program listens there", e);
        }
    }

    /**
     * An answer.
     *
     * @param text as it came
     * @param json as a tree
     */
    record Answer(String text, JsonNode json) {}
}
