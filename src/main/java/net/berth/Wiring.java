package net.berth;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import net.berth.config.Settings;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.engine.Engine;
import net.berth.engine.port.RealTimer;
import net.berth.http.json.EventJson;
import net.berth.nipap.NipapIpam;
import net.berth.notify.Notifier;
import net.berth.proxmox.ProxmoxCompute;

/** Creates the adapters from the settings and the engine from the adapters; the only place that knows all of them. */
final class Wiring implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Settings settings;
    private final Clock clock;
    private final MeterRegistry meters;
    private final RealTimer timer;
    private final Engine engine;

    Wiring(Settings settings, Clock clock, MeterRegistry meters) {
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        ProxmoxCompute compute = keep(new ProxmoxCompute(settings.proxmox()));
        NipapIpam ipam = keep(new NipapIpam(settings.nipap()));
        EdgeMaxRouter router = keep(new EdgeMaxRouter(settings.router()));
        this.timer = keep(new RealTimer());
        this.engine =
                keep(new Engine(settings.engine(), compute, ipam, router, timer, clock, new SecureRandom(), meters));
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Sends events to the webhooks in the settings from now on, as the JSON of {@code GET /v1/events}. */
    void startWebhooks() {
        EventJson json = new EventJson(settings.engine().cluster());
        Notifier.EventFormat format = new Notifier.EventFormat(json::of, json::missed);
        keep(Notifier.start(
                settings.webhooks(),
                new Notifier.Context(engine.events(), format, timer, clock, new SecureRandom(), meters)));
    }

    Engine engine() {
        return engine;
    }

    /** Closes the parts in reverse order, all of them; throws the first failure at the end. */
    @Override
    public void close() {
        closeAll(parts);
    }

    static void closeAll(Deque<AutoCloseable> parts) {
        IllegalStateException failed = new IllegalStateException("a part did not stop");
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception | Error failure) {
                failed.addSuppressed(failure);
            }
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }
}
