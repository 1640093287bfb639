package net.berth.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.RouterProbe;
import net.berth.edgemax.ssh.HostKeys;
import net.berth.edgemax.ssh.NewKey;
import net.berth.edgemax.ssh.PublicHalf;
import net.berth.model.Prefix;
import net.berth.nipap.NipapProbe;
import net.berth.nipap.NipapSettings;
import net.berth.proxmox.ApiToken;
import net.berth.proxmox.ProxmoxProbe;
import net.berth.proxmox.ProxmoxSettings;
import net.berth.proxmox.RoleText;
import net.berth.security.Secret;
import net.berth.security.ShownCertificate;
import net.berth.security.TlsTrust;

/** Reads the systems themselves. */
public final class SystemsProbe implements SetupProbe {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int HTTPS = 443;

    @Override
    public ShownCertificate certificate(URI url) throws IOException {
        return ShownCertificate.of(url.getHost(), url.getPort() < 0 ? HTTPS : url.getPort(), CONNECT);
    }

    @Override
    public List<String> hostKeys(String host, int port, boolean legacy) {
        return HostKeys.shown(host, port, legacy, CONNECT);
    }

    @Override
    public Cluster cluster(URI url, String fingerprint, String tokenId, Path token) {
        ProxmoxSettings settings = new ProxmoxSettings(
                List.of(url),
                "new",
                new ApiToken(tokenId, secret(token)),
                new TlsTrust.Fingerprints(List.of(fingerprint)),
                ProxmoxSettings.Limits.usual());
        try (ProxmoxProbe proxmox = new ProxmoxProbe(settings)) {
            return new Cluster(proxmox.version(), List.copyOf(proxmox.nodes().keySet()), proxmox.guests());
        }
    }

    @Override
    public Map<Prefix, Integer> assignments(URI url, String user, Path password, String vrf) {
        try (NipapProbe nipap = new NipapProbe(NipapSettings.of(url, user, secret(password), vrf))) {
            return nipap.assignments();
        }
    }

    @Override
    public Gateway router(RouterLogin login) {
        EdgeMaxSettings settings = new EdgeMaxSettings(
                login.host(),
                login.port(),
                login.user(),
                login.key()
                        ? new EdgeMaxSettings.Login.Key(secret(login.file()))
                        : new EdgeMaxSettings.Login.Password(secret(login.file())),
                new EdgeMaxSettings.HostKey.Fingerprint(login.hostKey()),
                login.legacy(),
                Set.of(),
                new EdgeMaxSettings.Times(
                        CONNECT,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(10)));
        try (EdgeMaxRouter router = new EdgeMaxRouter(settings);
                RouterProbe probe = new RouterProbe(settings)) {
            return new Gateway(probe.services(), router.read());
        }
    }

    @Override
    public NewKey newKey() {
        return NewKey.make();
    }

    @Override
    public Optional<PublicHalf> publicHalf(Path privateKey) {
        return PublicHalf.of(text(privateKey));
    }

    @Override
    public List<String> proxmoxCommands(String tokenId) {
        return RoleText.setUp(tokenId);
    }

    private static Secret secret(Path file) {
        return Secret.of(text(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip() + (Files.readString(file).startsWith("-----") ? "\n" : "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
