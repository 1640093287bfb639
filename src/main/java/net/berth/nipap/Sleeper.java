package net.berth.nipap;

import java.time.Duration;

/** Waits; tests put another in its place. */
@FunctionalInterface
interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
}
