package net.berth.edgemax.ssh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits between two looks at the router. */
public final class Pause {
    private Pause() {}

    public static void of(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw RouterFailure.down("stopped while waiting for the router", stop);
        }
    }
}
