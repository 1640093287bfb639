package net.berth.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

/** Writes values as JSON. */
public final class JsonResponses {
    // Every request has a thread of its own, so buffers per thread would never be used again.
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .build())
            .build();

    private JsonResponses() {}

    public static void ok(ServerResponse response, Object value) {
        send(response, Status.OK_200, "application/json", value);
    }

    public static void problem(ServerResponse response, Problem problem) {
        problem.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        send(response, Status.create(problem.status()), Problem.MEDIA_TYPE, problem);
    }

    public static void send(ServerResponse response, Status status, String mediaType, Object value) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, mediaType)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(bytes(value));
    }

    public static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
        }
    }
}
