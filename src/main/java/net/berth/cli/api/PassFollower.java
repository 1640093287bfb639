package net.berth.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.berth.cli.view.JsonValues;
import net.berth.cli.view.Progress.Bar;
import net.berth.engine.report.PassSteps.Part;

/**
 * The progress of the receiver's newest pass, from {@code /observe/health}. Each call returns the last answer at once and,
 * if no request is on its way, sends the next.
 */
public final class PassFollower implements Supplier<Bar>, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client;
    private final HttpRequest request;
    private volatile Bar bar = Bar.UNKNOWN;
    private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);

    /** Sends nothing yet. */
    public PassFollower(ApiAccess access) {
        this.client = ApiClient.client(access);
        this.request = HttpRequest.newBuilder(access.base().resolve("/observe/health"))
                .timeout(PATIENCE)
                .build();
    }

    @Override
    public synchronized Bar get() {
        if (asking.isDone()) {
            asking = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .handle((answer, failure) -> {
                        bar = answer == null ? Bar.UNKNOWN : read(answer.body());
                        return null;
                    });
        }
        return bar;
    }

    /** As a rule the newest pass is the one that was just ordered. */
    static Bar read(String health) {
        try {
            List<JsonNode> passes = JsonValues.list(JSON.readTree(health), "passes");
            return passes.isEmpty() ? Bar.UNKNOWN : bar(passes.getLast());
        } catch (JsonProcessingException notBerths) {
            return Bar.UNKNOWN;
        }
    }

    private static Bar bar(JsonNode pass) {
        return Arrays.stream(Part.values())
                .filter(part -> part.toString().equals(JsonValues.text(pass, "part")))
                .map(part -> Bar.of(
                        part, pass.path("done").asInt(), pass.path("total").asInt()))
                .findFirst()
                .orElse(Bar.UNKNOWN);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
