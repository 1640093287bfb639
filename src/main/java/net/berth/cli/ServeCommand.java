package net.berth.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(
            names = "--log",
            paramLabel = "text|json",
            description =
                    "How the log is written: for people, or one JSON object a line; $$BERTH_LOG_FORMAT says it too"
                            + " (default: text).",
            defaultValue = "${env:BERTH_LOG_FORMAT:-text}")
    private LogFormat log = LogFormat.TEXT;

    private enum LogFormat {
        TEXT,
        JSON
    }

    ServeCommand(House house, Console console) {
        this.house = house;
    }

    @Override
    public Integer call() {
        if (log == LogFormat.JSON) {
            JsonLog.use();
        }
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
