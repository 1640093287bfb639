package net.berth.proxmox.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import net.berth.proxmox.ProxmoxSettings;

/**
 * The API: calls in, {@code data} out.
 *
 * <p>URLs are tried in order, beginning with the one that answered last; the next one only when nothing was sent. A
 * write is never sent twice. A read that broke off is sent once more over a new connection, because Proxmox closes idle
 * connections when it likes.
 */
final class PveClient implements AutoCloseable {
    /** A call may wait for a slot this many times as long as it may take itself: the calls before it may be thousands. */
    private static final int QUEUE_PATIENCE = 6;

    /** The lines of a list: guests of a cluster, nodes, tasks. */
    private static final int MOST_LINES = 20_000;
    /** The values and names in an answer about one guest or node: 500 tasks have some 12,000. */
    private static final long MOST_TOKENS = 30_000;

    private final ProxmoxSettings settings;
    private final PveWire wire;
    private final Semaphore slots;
    private final AtomicInteger good = new AtomicInteger();
    // Calls are made by threads that end soon: buffers that belong to threads would never be used twice.
    private final ObjectMapper json = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final ObjectReader one = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();
    private final ObjectReader line =
            json.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    PveClient(ProxmoxSettings settings) {
        this.settings = settings;
        this.wire = new PveWire(settings);
        this.slots = new Semaphore(settings.limits().parallel(), true);
    }

    /**
     * The {@code data} of the answer, a null node where that is null; throws {@link PveException} but for a success.
     */
    JsonNode call(PveCall call) {
        return call(call, limit(call));
    }

    /** {@link #call(PveCall)} with a deadline of its own, from the moment it is sent. */
    JsonNode call(PveCall call, Duration limit) {
        return data(call, reply(call, limit));
    }

    /**
     * Makes a call whose answer is a list, and turns each line into what is wanted of it as soon as it is read: the lines
     * of thousands of guests take more memory as JSON than all else together.
     */
    <T> List<T> lines(PveCall call, Function<JsonNode, T> each) {
        PveWire.Reply reply = reply(call, limit(call));
        if (reply.status() != 200) {
            throw refusal(call, reply);
        }
        try (JsonParser parser = json.createParser(reply.body())) {
            return lines(call, parser, each);
        } catch (IOException e) {
            throw noJson(call, e);
        }
    }

    private <T> List<T> lines(PveCall call, JsonParser parser, Function<JsonNode, T> each) throws IOException {
        List<T> lines = new ArrayList<>();
        boolean found = false;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean data = parser.currentName().equals("data");
            if (data && parser.nextToken() != JsonToken.START_ARRAY) {
                throw call.garbled("the answer's data is no list");
            }
            while (data && parser.nextToken() != JsonToken.END_ARRAY) {
                if (lines.size() == MOST_LINES) {
                    throw call.garbled("the answer's list has more than " + MOST_LINES + " lines");
                }
                lines.add(each.apply(line.readValue(parser)));
            }
            if (!data) {
                parser.nextToken();
                parser.skipChildren();
            }
            found |= data;
        }
        if (!found || parser.nextToken() != null) {
            throw call.garbled("the answer has no data, or more than that");
        }
        return lines;
    }

    /** The {@code Date} header of an answer; empty when there is none. */
    String date(PveCall call) {
        PveWire.Reply reply = reply(call, limit(call));
        data(call, reply);
        return reply.date();
    }

    private Duration limit(PveCall call) {
        return call.writes() ? settings.limits().write() : settings.limits().read();
    }

    private PveWire.Reply reply(PveCall call, Duration limit) {
        acquire(call, limit.multipliedBy(QUEUE_PATIENCE));
        try {
            return overUrls(call, System.nanoTime() + limit.toNanos());
        } finally {
            slots.release();
        }
    }

    private void acquire(PveCall call, Duration longest) {
        try {
            if (!slots.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                throw call.failed(new PveError.NotConnected("too many calls wait for an answer already"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw call.failed(new PveError.NotConnected("interrupted"), e);
        }
    }

    private PveWire.Reply overUrls(PveCall call, long end) {
        List<URI> urls = settings.urls();
        List<String> failures = new ArrayList<>();
        int first = good.get();
        for (int i = 0; i < urls.size(); i++) {
            int candidate = (first + i) % urls.size();
            try {
                PveWire.Reply reply = overUrl(urls.get(candidate), call, end);
                good.set(candidate);
                return reply;
            } catch (PveException e) {
                if (!(e.error() instanceof PveError.NotConnected)) {
                    // It took the connection and gave no answer: let the next call begin elsewhere.
                    good.set((candidate + 1) % urls.size());
                    throw e;
                }
                failures.add(e.error().text());
            }
        }
        throw call.failed(new PveError.NotConnected(String.join("; ", failures)));
    }

    private PveWire.Reply overUrl(URI url, PveCall call, long end) {
        try {
            return wire.send(url, call, left(end), call.writes());
        } catch (PveException e) {
            boolean broken =
                    e.error() instanceof PveError.NoAnswer && !left(end).isZero();
            if (call.writes() || !broken || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return wire.send(url, call, left(end), true);
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private JsonNode data(PveCall call, PveWire.Reply reply) {
        if (reply.status() != 200) {
            throw refusal(call, reply);
        }
        try {
            JsonNode answer = call.ofOne() ? one.readTree(reply.body()) : json.readTree(reply.body());
            if (!answer.isObject() || !answer.has("data")) {
                throw call.garbled("the answer has no data");
            }
            return answer.path("data");
        } catch (IOException e) {
            throw noJson(call, e);
        }
    }

    private PveException refusal(PveCall call, PveWire.Reply reply) {
        return call.failed(PveException.classify(reply.status(), reply.reason(), lenient(reply.body())));
    }

    private static PveException noJson(PveCall call, IOException e) {
        String where = e instanceof JsonProcessingException syntax ? syntax.getOriginalMessage() : e.toString();
        return call.failed(new PveError.Garbled("the answer is no JSON: " + where), e);
    }

    /** Bodies of errors may be empty or anything: then the reason phrase speaks. */
    private JsonNode lenient(String body) {
        try {
            JsonNode answer = one.readTree(body);
            return answer == null ? MissingNode.getInstance() : answer;
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
