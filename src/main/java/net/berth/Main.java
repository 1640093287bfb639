package net.berth;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import net.berth.config.Secret;
import net.berth.config.Settings;
import net.berth.config.SettingsFile;
import net.berth.http.Receiver;
import net.berth.http.ReceiverSettings;

/** The way in: wires the house together. */
public final class Main {
    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) throws Exception {
        Settings settings = SettingsFile.read(Path.of(args[2]), System.getenv()).settings();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Wiring wiring = new Wiring(settings, Clock.systemUTC(), meters);
        wiring.engine().start();
        Receiver receiver = Receiver.start(
                new ReceiverSettings(
                        settings.server().listen().host(),
                        settings.server().listen().port(),
                        () -> settings.server().hookSecrets().stream()
                                .map(Secret::revealBytes)
                                .toList(),
                        settings.server().apiToken().reveal(),
                        new ReceiverSettings.Transport.Plain()),
                wiring.engine(),
                meters,
                Clock.systemUTC());
        System.out.println("listening on " + receiver.port());
        new CountDownLatch(1).await();
    }
}
