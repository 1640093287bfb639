package net.berth.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** Writes JSON. */
public final class Json {
    // Every request has a thread of its own, so buffers per thread would never be used again.
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .build())
            .build();

    private Json() {}

    public static void ok(ServerResponse response, Object value) {
        send(response, Status.OK_200, "application/json", value);
    }

    public static void problem(ServerResponse response, Problem problem) {
        problem.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        send(response, problem.status(), Problem.MEDIA_TYPE, problem.fields());
    }

    public static void send(ServerResponse response, Status status, String mediaType, Object value) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, mediaType)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(bytes(value));
    }

    public static String text(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
        }
    }
}
