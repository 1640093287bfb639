package net.berth.setup;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private static final int HTTP = 80;

    /** The certificate that a Proxmox node shows. */
    public ShownCertificate certificate(URI url) throws IOException {
        return ShownCertificate.of(url.getHost(), url.getPort() < 0 ? HTTPS : url.getPort(), CONNECT);
    }

    /** The fingerprints of the host keys that a router shows, the best algorithm first. */
    public List<String> hostKeys(String host, int port, boolean legacy) {
        return HostKeys.shown(host, port, legacy, CONNECT);
    }

    /** Connects and says nothing; the exception says why nothing answers there. */
    public void reach(URI url) throws IOException {
        int usual = "https".equals(url.getScheme()) ? HTTPS : HTTP;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort() < 0 ? usual : url.getPort()), (int)
                    CONNECT.toMillis());
        } catch (UnknownHostException e) {
            throw new IOException("there is no such host", e);
        }
    }

    /**
     * A cluster.
     *
     * @param version its Proxmox version
     * @param nodes the names of its nodes
     * @param local which of them answered; empty when that is not known
     * @param others the addresses of the others, by their names
     * @param guests its guests, templates too, and those that could not be read
     */
    public record Cluster(
            String version,
            List<String> nodes,
            String local,
            SortedMap<String, String> others,
            ProxmoxProbe.Guests guests) {
        /** Copies the lists. */
        public Cluster {
            nodes = List.copyOf(nodes);
            others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
        }
    }

    /** The cluster and its guests; a runtime exception says why Proxmox cannot be read. */
    public Cluster cluster(URI url, String fingerprint, String tokenId, Secret token) {
        ProxmoxSettings settings = new ProxmoxSettings(
                List.of(url),
                "new",
                new ApiToken(tokenId, token),
                new TlsTrust.Fingerprints(List.of(fingerprint)),
                ProxmoxSettings.Limits.usual());
        try (ProxmoxProbe proxmox = new ProxmoxProbe(settings)) {
            ProxmoxProbe.Members members = proxmox.members();
            return new Cluster(
                    proxmox.version(),
                    List.copyOf(proxmox.nodes().keySet()),
                    members.local(),
                    members.others(),
                    proxmox.guests());
        }
    }

    /** NIPAP's assignments in the order of their addresses, each with its VLAN; 0 when none is noted. */
    public Map<Prefix, Integer> assignments(URI url, String user, Secret password, String vrf) {
        try (NipapProbe nipap = new NipapProbe(NipapSettings.of(url, user, password, vrf))) {
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
    public Gateway router(RouterLogin login, Secret secret) {
        EdgeMaxSettings settings = new EdgeMaxSettings(
                login.host(),
                login.port(),
                login.user(),
                login.key() ? new EdgeMaxSettings.Login.Key(secret) : new EdgeMaxSettings.Login.Password(secret),
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

    /** The public half of a private key; empty when it cannot be read as one. */
    public Optional<PublicHalf> publicHalf(Secret privateKey) {
        return PublicHalf.of(privateKey.reveal());
    }

    /** The commands that create role, user and token in Proxmox. */
    public List<String> proxmoxCommands(String tokenId) {
        return RoleText.setUp(tokenId);
    }
}
