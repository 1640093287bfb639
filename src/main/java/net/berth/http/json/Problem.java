package net.berth.http.json;

import io.helidon.http.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/** An error as in RFC 9457. Thrown, it refuses the request. The message is the detail: what was found, what is allowed or helps. */
public final class Problem extends RuntimeException {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1L;

    private final String type;
    private final transient Status status;
    private final transient Map<String, Object> more;
    private final transient Map<String, String> headers;

    private Problem(String type, Status status, String detail, Map<String, Object> more, Map<String, String> headers) {
        // A refusal is an answer and not a fault, so it has no stack trace.
        super(detail, null, false, false);
        this.type = type;
        this.status = status;
        this.more = more;
        this.headers = headers;
    }

    /** A problem that needs no name besides its status. */
    public static Problem of(Status status, String detail) {
        return new Problem("about:blank", status, detail, Map.of(), Map.of());
    }

    /** Names one of several causes of a status. */
    public Problem named(String name) {
        return new Problem("urn:berth:problem:" + name, status, detail(), more, headers);
    }

    /** With an extension member. */
    public Problem with(String member, Object value) {
        return new Problem(type, status, detail(), added(more, member, value), headers);
    }

    /** With a response header. */
    public Problem header(String name, String value) {
        return new Problem(type, status, detail(), more, added(headers, name, value));
    }

    private static <T> Map<String, T> added(Map<String, T> map, String key, T value) {
        Map<String, T> all = new LinkedHashMap<>(map);
        all.put(key, value);
        return all;
    }

    public String type() {
        return type;
    }

    public Status status() {
        return status;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The document. */
    public Fields fields() {
        Fields fields = new Fields()
                .with("type", type)
                .with("title", status.reasonPhrase())
                .with("status", status.code())
                .with("detail", detail());
        more.forEach(fields::with);
        return fields;
    }
}
