package net.berth;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.config.Settings;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.engine.Engine;
import net.berth.engine.EngineSettings;
import net.berth.engine.port.RealTimer;
import net.berth.model.Network;
import net.berth.nipap.NipapIpam;
import net.berth.nipap.NipapSettings;
import net.berth.proxmox.ProxmoxCompute;
import net.berth.proxmox.ProxmoxSettings;
import net.berth.proxmox.api.ApiToken;
import net.berth.proxmox.api.Trust;

/** Makes the adapters from the settings and the engine from the adapters; the one place that knows them all. */
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
        ProxmoxCompute compute = keep(new ProxmoxCompute(proxmox(settings.proxmox())));
        NipapIpam ipam = keep(new NipapIpam(nipap(settings.nipap())));
        EdgeMaxRouter router = keep(new EdgeMaxRouter(edgemax(settings)));
        this.timer = keep(new RealTimer());
        this.engine = keep(new Engine(
                new EngineSettings(
                        settings.proxmox().cluster(),
                        settings.networks(),
                        settings.policy(),
                        settings.proxmox().poll(),
                        settings.proxmox().resync()),
                compute,
                ipam,
                router,
                timer,
                clock,
                new SecureRandom(),
                meters));
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Tells the receivers of the settings what happens from now on. */
    void notifyReceivers() {
        keep(Webhooks.start(settings, engine.events(), timer, clock, meters));
    }

    Engine engine() {
        return engine;
    }

    static ProxmoxSettings proxmox(Settings.Proxmox from) {
        Trust trust =
                switch (from.trust()) {
                    case Settings.Trust.Fingerprints pinned -> new Trust.Fingerprints(pinned.sha256());
                    case Settings.Trust.Authority authority -> new Trust.Authority(authority.pem());
                };
        return new ProxmoxSettings(
                from.urls(),
                from.cluster(),
                new ApiToken(from.tokenId(), from.token().reveal()),
                trust,
                ProxmoxSettings.Limits.usual());
    }

    static NipapSettings nipap(Settings.Nipap from) {
        return NipapSettings.of(
                from.url(), from.username(), () -> from.password().reveal(), from.vrf());
    }

    static EdgeMaxSettings edgemax(Settings settings) {
        Settings.Router from = settings.router();
        EdgeMaxSettings.Login login =
                switch (from.login()) {
                    case Settings.Login.Password password ->
                        new EdgeMaxSettings.Login.Password(password.password().reveal());
                    case Settings.Login.PrivateKey key ->
                        new EdgeMaxSettings.Login.Key(key.pem().reveal());
                };
        EdgeMaxSettings.Trust trust =
                switch (from.hostKeys()) {
                    case Settings.HostKeys.Pinned pinned -> new EdgeMaxSettings.Trust.Fingerprint(pinned.sha256());
                    case Settings.HostKeys.KnownHosts known -> new EdgeMaxSettings.Trust.KnownHosts(known.file());
                    case Settings.HostKeys.Unknown unknown -> new EdgeMaxSettings.Trust.Unknown();
                };
        Set<String> sharedNetworks = settings.networks().stream()
                .filter(Network::onRouter)
                .map(Network::dhcp)
                .collect(Collectors.toSet());
        return new EdgeMaxSettings(
                from.host(),
                from.port(),
                from.username(),
                login,
                trust,
                from.legacyAlgorithms(),
                sharedNetworks,
                EdgeMaxSettings.Times.withCommit(from.commitTimeout()));
    }

    /** Ends the loop first, then what it used. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                throw new IllegalStateException("a part did not stop", failure);
            }
        }
    }
}
