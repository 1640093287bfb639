package net.berth.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import net.berth.cli.log.LogForm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code berth serve}. */
@Command(name = "serve", description = "Run the receiver until it is stopped.")
final class ServeCommand extends BackendCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Option(
            names = "--log",
            paramLabel = "text|json",
            description =
                    "The form of the log: text, or one JSON object a line (default: $$BERTH_LOG_FORMAT, else text).",
            defaultValue = "${env:BERTH_LOG_FORMAT:-text}")
    private LogFormat log = LogFormat.TEXT;

    private enum LogFormat {
        TEXT,
        JSON
    }

    @Override
    public Integer call() {
        if (log == LogFormat.JSON) {
            LogForm.useJson();
        }
        Backend.Running running = backend().serve(config());
        LOG.info("listening on {}", running.address());
        AtomicBoolean stopped = new AtomicBoolean();
        Runnable stop = () -> {
            if (stopped.compareAndSet(false, true)) {
                LOG.info("stopping");
                running.stop().run();
            }
        };
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
        try {
            // Until a signal ends the process; the shutdown hook then stops the receiver.
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            stop.run();
        }
        return OK;
    }
}
