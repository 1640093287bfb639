package net.berth.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Speaks to the receiver as a person with {@code curl} or a hookscript would. */
public final class LabApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    LabApi(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** The answer to a request that must succeed. */
    public JsonNode get(String path) {
        return ok(send(request(path).GET().build()));
    }

    /** The answer to an order that must succeed. */
    public JsonNode post(String path) {
        return ok(send(request(path).POST(BodyPublishers.noBody()).build()));
    }

    HttpResponse<String> getWith(String path, String token) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", token)
                .build());
    }

    /** Health as monitoring sees it, whatever its status code. */
    public JsonNode health() {
        try {
            return JSON.readTree(send(request("/observe/health").GET().build()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + LabSettings.API_TOKEN);
    }

    /** A hook event, signed at a time of the caller's choice with the id of the caller's choice. */
    HttpResponse<String> hook(String body, String id, Instant time, String secret) {
        String stamp = Long.toString(time.getEpochSecond());
        return send(HttpRequest.newBuilder(URI.create(base + "/v1/hooks/guest"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=20")
                .header("webhook-id", id)
                .header("webhook-timestamp", stamp)
                .header("webhook-signature", "v1," + sign(id + "." + stamp + "." + body, secret))
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** A hook event as the hookscript sends it. */
    HttpResponse<String> hook(int vmid, String phase) {
        return hook(event(vmid, phase), UUID.randomUUID().toString(), Instant.now(), LabSettings.HOOK_SECRET);
    }

    /** The same without a signature. */
    HttpResponse<String> unsignedHook(int vmid, String phase) {
        return send(HttpRequest.newBuilder(URI.create(base + "/v1/hooks/guest"))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(event(vmid, phase)))
                .build());
    }

    static String event(int vmid, String phase) {
        return "{\"type\":\"guest." + phase + "\",\"timestamp\":\"" + Instant.now()
                + "\",\"data\":{\"node\":\"pve1\",\"vmid\":" + vmid + ",\"phase\":\"" + phase
                + "\",\"migratedFrom\":null}}";
    }

    static String sign(String content, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    private static JsonNode ok(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    response.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
