package net.berth.lab.nipap;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Places inside a call where a test may do something else: between the statements that NIPAP does not hold together.
 * A hook runs in the call's own thread and may block, for as long as its test bounds it.
 */
public final class Hooks {
    private final AtomicReference<Consumer<String>> found = new AtomicReference<>(prefix -> {});
    private final AtomicReference<Consumer<String>> beforeInsert = new AtomicReference<>(prefix -> {});
    private final AtomicReference<Consumer<String>> beforeCall = new AtomicReference<>(method -> {});
    private final AtomicReference<Consumer<String>> done = new AtomicReference<>(method -> {});

    Hooks() {}

    /** A free prefix was found and is not inserted yet. */
    public void onFound(Consumer<String> hook) {
        found.set(hook);
    }

    /** The row has its id and is not there yet. */
    public void onBeforeInsert(Consumer<String> hook) {
        beforeInsert.set(hook);
    }

    /** A call has arrived, is authenticated, and did nothing yet; told its method. */
    public void onCall(Consumer<String> hook) {
        beforeCall.set(hook);
    }

    /** A call was carried out and is not answered yet; told its method. */
    public void onDone(Consumer<String> hook) {
        done.set(hook);
    }

    void done(String method) {
        done.get().accept(method);
    }

    void found(String prefix) {
        found.get().accept(prefix);
    }

    void beforeInsert(String prefix) {
        beforeInsert.get().accept(prefix);
    }

    void call(String method) {
        beforeCall.get().accept(method);
    }
}
