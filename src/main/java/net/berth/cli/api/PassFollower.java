package net.berth.cli.api;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.berth.cli.view.Answer;
import net.berth.cli.view.Progress.Bar;
import net.berth.engine.report.PassSteps.Part;

/** The progress of the receiver's newest pass: a call returns the last answer at once, and asks for the next. */
public final class PassFollower implements Supplier<Bar>, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client;
    private final HttpRequest request;
    private volatile Bar bar = Bar.UNKNOWN;
    private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);

    /** Sends nothing yet. */
    public PassFollower(ApiAccess access) {
        this.client = access.client();
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
        return Answer.read(health)
                .flatMap(answer -> answer.list("passes").stream().reduce((older, newer) -> newer))
                .map(PassFollower::bar)
                .orElse(Bar.UNKNOWN);
    }

    private static Bar bar(Answer pass) {
        return Arrays.stream(Part.values())
                .filter(part -> part.toString().equals(pass.text("part")))
                .map(part -> Bar.of(
                        part,
                        pass.json().path("done").asInt(),
                        pass.json().path("total").asInt()))
                .findFirst()
                .orElse(Bar.UNKNOWN);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
