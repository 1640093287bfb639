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
import net.berth.edgemax.config.DhcpService;
import net.berth.edgemax.ssh.HostKeys;
import net.berth.edgemax.ssh.NewKey;
import net.berth.edgemax.ssh.PublicHalf;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.nipap.NipapProbe;
import net.berth.nipap.NipapSettings;
import net.berth.proxmox.ApiToken;
import net.berth.proxmox.ProxmoxProbe;
import net.berth.proxmox.ProxmoxSettings;
import net.berth.proxmox.RoleText;
import net.berth.security.Secret;
import net.berth.security.ShownCertificate;
import net.berth.security.TlsTrust;

/** Reads the three systems before there are settings. Changes nothing; each call has a deadline of its own. */
public class SetupProbe {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int HTTPS = 443;

    /** The certificate that a Proxmox node shows. */
    public ShownCertificate certificate(URI url) throws IOException {
        return ShownCertificate.of(url.getHost(), url.getPort() < 0 ? HTTPS : url.getPort(), CONNECT);
    }

    /** The fingerprints of the host keys that a router shows, the best algorithm first. */
    public List<String> hostKeys(String host, int port, boolean legacy) {
        return HostKeys.shown(host, port, legacy, CONNECT);
    }

    /** A cluster: its Proxmox version, its nodes, and its guests, templates too, and those that could not be read. */
    public record Cluster(String version, List<String> nodes, ProxmoxProbe.Guests guests) {
        /** Copies the list. */
        public Cluster {
            nodes = List.copyOf(nodes);
        }
    }

    /** The cluster and its guests; a runtime exception says why Proxmox cannot be read. */
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

    /** NIPAP's assignments in the order of their addresses, each with its VLAN; 0 when none is noted. */
    public Map<Prefix, Integer> assignments(URI url, String user, Path password, String vrf) {
        try (NipapProbe nipap = new NipapProbe(NipapSettings.of(url, user, secret(password), vrf))) {
            return nipap.assignments();
        }
    }

    /**
     * How to log in on the router.
     *
     * @param file with the private key or the password
     * @param key whether the file holds a private key, not a password
     */
    public record RouterLogin(
            String host, int port, String user, Path file, boolean key, String hostKey, boolean legacy) {}

    /** A router: its shared networks, and its mappings, leases and neighbours. */
    public record Gateway(List<DhcpService> networks, RouterView view) {
        /** Copies the list. */
        public Gateway {
            networks = List.copyOf(networks);
        }
    }

    /** What the router serves and sees. */
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

    /** A new key for the login on the router. */
    public NewKey newKey() {
        return NewKey.make();
    }

    /** The public half of a private key in a file; empty when the file cannot be read as a key. */
    public Optional<PublicHalf> publicHalf(Path privateKey) {
        return PublicHalf.of(text(privateKey));
    }

    /** The commands that create role, user and token in Proxmox. */
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
