package net.berth.http.json;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.helidon.http.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as in RFC 9457.
 *
 * @param type {@code about:blank}, or a name for one of several causes of a status
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what was found, and what is allowed or helps
 * @param more extension members
 * @param headers response headers to send with it
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonAnyGetter Map<String, Object> more,
        @JsonIgnore Map<String, String> headers) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem that needs no name besides its status. */
    public static Problem of(Status status, String detail) {
        return new Problem("about:blank", status.reasonPhrase(), status.code(), detail, Map.of(), Map.of());
    }

    /** Names the cause. */
    public Problem named(String name) {
        return new Problem("urn:berth:problem:" + name, title, status, detail, more, headers);
    }

    /** With an extension member. */
    public Problem with(String member, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put(member, value);
        return new Problem(type, title, status, detail, all, headers);
    }

    /** With a response header. */
    public Problem header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(type, title, status, detail, more, all);
    }
}
