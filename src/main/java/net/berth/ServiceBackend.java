package net.berth;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import net.berth.cli.Backend;
import net.berth.cli.api.ApiAccess;
import net.berth.cli.api.ApiClient;
import net.berth.config.Settings;
import net.berth.config.SettingsFile;
import net.berth.doctor.CheckReport;
import net.berth.doctor.Doctor;
import net.berth.engine.report.PassSteps;
import net.berth.http.Receiver;
import net.berth.http.ReceiverSettings;
import net.berth.http.json.Json;
import net.berth.http.json.PassJson;
import net.berth.setup.SetupProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands' backend: engine, receiver and adapters, wired by the settings file. */
final class ServiceBackend implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceBackend.class);

    @Override
    public Running serve(Path config) {
        Settings settings = read(config);
        Clock clock = Clock.systemUTC();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        Wiring wiring = new Wiring(settings, clock, meters);
        try {
            Receiver receiver = Receiver.start(settings.server(), wiring.engine(), meters, clock);
            wiring.startWebhooks();
            wiring.engine().start();
            Doctor.logMissingRights(settings);
            return new Running(access(settings.server(), receiver.port()).base(), () -> {
                receiver.close();
                wiring.close();
            });
        } catch (RuntimeException failure) {
            wiring.close();
            throw failure;
        }
    }

    @Override
    public String plan(Path config, PassSteps steps) {
        Optional<ApiAccess> reader = reader(config);
        if (reader.isPresent()) {
            // This user has none of the systems' secrets; the receiver has them.
            return new ApiClient(reader.get()).getPlan().json().toString();
        }
        try (Wiring wiring = new Wiring(read(config), Clock.systemUTC(), new SimpleMeterRegistry())) {
            return Json.text(PassJson.plan(wiring.engine().plan(steps)));
        }
    }

    @Override
    public List<CheckReport> doctor(Path config, PassSteps steps) {
        return Doctor.run(SettingsFile.read(config, System.getenv()), Clock.systemUTC(), steps);
    }

    @Override
    public SetupProbe probe() {
        return new SetupProbe();
    }

    @Override
    public ApiAccess api(Path config) {
        return reader(config).orElseGet(() -> {
            ReceiverSettings server = read(config).server();
            return access(server, server.port());
        });
    }

    /** With the read-only token, for a user who may read no other. */
    private static Optional<ApiAccess> reader(Path config) {
        return SettingsFile.reading(config, System.getenv()).map(reading -> {
            String token = reading.token().reveal();
            return reading.certificates().stream()
                    .findFirst()
                    .map(own -> ApiAccess.https(reading.host(), reading.port(), token, own))
                    .orElseGet(() -> ApiAccess.http(reading.host(), reading.port(), token));
        });
    }

    private static Settings read(Path config) {
        SettingsFile.Loaded loaded = SettingsFile.read(config, System.getenv());
        loaded.warnings().forEach(LOG::warn);
        return loaded.settings();
    }

    private static ApiAccess access(ReceiverSettings server, int port) {
        String token = server.apiToken().reveal();
        return switch (server.transport()) {
            case ReceiverSettings.Transport.Plain plain -> ApiAccess.http(server.host(), port, token);
            case ReceiverSettings.Transport.Tls tls -> ApiAccess.https(server.host(), port, token, tls.certificate());
        };
    }
}
