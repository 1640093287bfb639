package net.berth.http;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A hookscript's request; each method gives one that differs in a point. */
public record HookCall(
        String id, String timestamp, String secret, String signed, String sent, Map<String, String> headers) {

    public static HookCall phase(String phase) {
        return body(("{\"type\":\"guest.%s\",\"timestamp\":\"2026-11-20T10:00:00Z\","
                        + "\"data\":{\"node\":\"pve1\",\"vmid\":101,\"phase\":\"%s\",\"migratedFrom\":null}}")
                .formatted(phase, phase));
    }

    public static HookCall body(String body) {
        String now = Long.toString(Instant.parse("2026-11-20T10:00:00Z").getEpochSecond());
        return new HookCall("msg_" + UUID.randomUUID(), now, Bench.SECRET, body, body, Map.of());
    }

    public HookCall id(String other) {
        return new HookCall(other, timestamp, secret, signed, sent, headers);
    }

    public HookCall timestamp(String other) {
        return new HookCall(id, other, secret, signed, sent, headers);
    }

    public HookCall secret(String other) {
        return new HookCall(id, timestamp, other, signed, sent, headers);
    }

    /** Another body under the signature of the first. */
    public HookCall forged(String other) {
        return new HookCall(id, timestamp, secret, signed, other, headers);
    }

    /** With a header; an empty value leaves it out. */
    public HookCall header(String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name.toLowerCase(Locale.ROOT), value);
        return new HookCall(id, timestamp, secret, signed, sent, all);
    }

    public String signature() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] content = (id + "." + timestamp + "." + signed).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder on(HttpRequest.Builder request) {
        all().forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        return request.POST(HttpRequest.BodyPublishers.ofString(sent));
    }

    /** All headers but the body's length. */
    Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(Map.of(
                "content-type",
                "application/json",
                "webhook-id",
                id,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                signature()));
        all.putAll(headers);
        return all;
    }

    /** As bytes on a connection that the client wants closed. */
    public String raw() {
        StringBuilder lines =
                new StringBuilder("POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        all().forEach((name, value) ->
                lines.append(name).append(": ").append(value).append("\r\n"));
        int length = sent.getBytes(StandardCharsets.UTF_8).length;
        return lines.append("Content-Length: ")
                .append(length)
                .append("\r\n\r\n")
                .append(sent)
                .toString();
    }
}
