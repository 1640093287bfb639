package net.berth.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth serve}. */
@Command(
        name = "serve",
        description = "Run the receiver until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final House house;

    @Mixin
    private ConfigOption config = new ConfigOption();

    ServeCommand(House house, Console console) {
        this.house = house;
    }

    @Override
    public Integer call() {
        House.Running running = house.serve(config.file());
        LOG.info("listening on {}", running.address());
        AtomicBoolean stopped = new AtomicBoolean();
        Runnable stop = () -> {
            if (stopped.compareAndSet(false, true)) {
                LOG.info("stopping");
                running.close();
            }
        };
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
        try {
            // Until a signal ends the process; the shutdown hook then does what is left.
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            stop.run();
        }
        return Exit.OK;
    }
}
