package net.berth.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.cli.api.ApiAccess;
import net.berth.cli.view.Console;
import net.berth.config.SettingsFile;
import net.berth.doctor.CheckReport;
import net.berth.engine.report.PassSteps;
import net.berth.http.FakeBerth;
import net.berth.http.Receiver;
import net.berth.http.ReceiverSettings;
import net.berth.http.json.Json;
import net.berth.http.json.PassJson;
import net.berth.security.Secret;
import net.berth.setup.SetupProbe;

/** The command line before a real receiver whose engine is a fake. */
public final class CliBench implements Backend, AutoCloseable {
    static final String TOKEN = "correct-horse-battery";

    final FakeBerth berth = new FakeBerth();
    final List<Path> configs = new ArrayList<>();
    List<CheckReport> reports = List.of();
    Optional<SetupProbe> probe = Optional.empty();
    private Optional<Receiver> receiver = Optional.empty();
    private String token = TOKEN;
    private int port = 1;

    /** What a command printed and how it ended. */
    public record Result(int exit, String out, String err) {}

    /** The engine that the receiver asks. */
    public FakeBerth berth() {
        return berth;
    }

    /** Starts the receiver. */
    public CliBench started() {
        start();
        return this;
    }

    CliBench withToken(String other) {
        token = other;
        return this;
    }

    /** Runs a command. */
    public Result run(String... arguments) {
        return run(false, arguments);
    }

    Result run(boolean colour, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), colour);
        int exit = Cli.run(this, console, List.of(arguments));
        console.out().flush();
        console.err().flush();
        return new Result(exit, out.toString(), err.toString());
    }

    @Override
    public Running serve(Path config) {
        configs.add(config);
        Receiver served = start();
        return new Running(URI.create("http://127.0.0.1:" + served.port()), this::close);
    }

    @Override
    public String plan(Path config, PassSteps steps) {
        configs.add(config);
        return Json.text(PassJson.plan(berth.plan()));
    }

    @Override
    public List<CheckReport> doctor(Path config, PassSteps steps) {
        configs.add(config);
        return reports;
    }

    @Override
    public SetupProbe probe() {
        return probe.orElseThrow();
    }

    @Override
    public ApiAccess api(Path config) {
        configs.add(config);
        if (probe.isPresent()) {
            SettingsFile.read(config, Map.of());
        }
        return ApiAccess.http("127.0.0.1", port, token);
    }

    boolean listening() {
        return receiver.isPresent();
    }

    private synchronized Receiver start() {
        ReceiverSettings settings = new ReceiverSettings(
                "127.0.0.1",
                0,
                List.of(),
                List.of(),
                Secret.of(TOKEN),
                List.of(),
                "home",
                new ReceiverSettings.Transport.Plain());
        Receiver started = Receiver.start(
                settings, berth, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Clock.systemUTC());
        port = started.port();
        receiver = Optional.of(started);
        return started;
    }

    @Override
    public synchronized void close() {
        receiver.ifPresent(Receiver::close);
        receiver = Optional.empty();
    }
}
