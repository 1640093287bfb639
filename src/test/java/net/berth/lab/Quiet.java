package net.berth.lab;

import io.helidon.logging.common.spi.LoggingProvider;

/** Without a provider Helidon begins the lab's output with a line about its own logging; Logback needs none. */
public final class Quiet implements LoggingProvider {
    @Override
    public void initialization() {}

    @Override
    public void runTime() {}
}
