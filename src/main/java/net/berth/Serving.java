package net.berth;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.berth.config.SettingsException;
import net.berth.config.SettingsFile;
import net.berth.doctor.Doctor;
import net.berth.http.Receiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A receiver and what serves behind it. A reload builds all of it anew beside the old, moves the open port over, and lets the
 * old end what it has begun, as two receivers would do.
 */
final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    /** Longer than any request takes that does not follow events. */
    private static final Duration ANSWERED = Duration.ofMinutes(15);

    private final Path config;
    private final Clock clock = Clock.systemUTC();
    private final Receiver receiver;
    private SettingsFile.Loaded loaded;
    private House house;
    private boolean closed;

    /** What one reading of the settings needs. */
    private record House(Wiring wiring, PrometheusMeterRegistry meters) {}

    /** Starts all of it; throws, with nothing left running, if a part does not start. */
    Serving(Path config) {
        this.config = config;
        this.loaded = read();
        this.house = build(loaded);
        try {
            this.receiver =
                    Receiver.start(loaded.settings().server(), house.wiring().engine(), house.meters(), clock);
            house.wiring().startWebhooks();
            begin();
        } catch (RuntimeException failure) {
            house.wiring().close();
            throw failure;
        }
    }

    int port() {
        return receiver.port();
    }

    SettingsFile.Loaded loaded() {
        return loaded;
    }

    /** Reads the settings anew. After a mistake the log has the messages of a start, and everything goes on as before. */
    synchronized void reload() {
        if (closed) {
            return;
        }
        try {
            SettingsFile.Loaded next = read();
            List<String> changed = loaded.changedIn(next);
            if (changed.isEmpty()) {
                LOG.info("settings read anew: nothing has changed{}", credentials());
                return;
            }
            replace(next);
            LOG.info("settings read anew: {} changed{}", String.join(", ", changed), credentials());
        } catch (SettingsException refused) {
            refused.lines().forEach(LOG::error);
            LOG.error("settings not read anew: Berth goes on with those from before");
        } catch (RuntimeException failure) {
            LOG.error("settings not read anew: {}; Berth goes on with those from before", failure.getMessage());
            LOG.debug("reload", failure);
        }
    }

    private void replace(SettingsFile.Loaded next) {
        House old = house;
        House built = build(next);
        Receiver.Earlier earlier;
        try {
            built.wiring().startWebhooks();
            earlier = receiver.replace(next.settings().server(), built.wiring().engine(), built.meters());
        } catch (RuntimeException failure) {
            built.wiring().close();
            throw failure;
        }
        old.wiring().engine().stopLoop();
        loaded = next;
        house = built;
        begin();
        Thread.ofVirtual().name("settings-before").start(() -> end(old, earlier));
    }

    private static void end(House old, Receiver.Earlier earlier) {
        try (Wiring wiring = old.wiring()) {
            earlier.awaitEnd(ANSWERED);
            wiring.engine().finish(ANSWERED);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("what served with the settings from before did not end well", failure);
        }
    }

    private void begin() {
        house.wiring().engine().start();
        Doctor.logMissingRights(loaded.settings());
    }

    private House build(SettingsFile.Loaded read) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        return new House(new Wiring(read.settings(), clock, meters), meters);
    }

    private SettingsFile.Loaded read() {
        SettingsFile.Loaded read = SettingsFile.read(config, System.getenv());
        read.warnings().forEach(LOG::warn);
        return read;
    }

    /** Before systemd 260 the files of LoadCredential= stay as they were when the service was started. */
    private static String credentials() {
        return System.getenv().containsKey("CREDENTIALS_DIRECTORY")
                ? " (files that systemd passes as credentials: as at the start, unless the unit has RefreshOnReload=)"
                : "";
    }

    /** Answers the requests in progress first. */
    @Override
    public synchronized void close() {
        closed = true;
        receiver.close();
        house.wiring().close();
    }
}
