package net.berth.setup;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.edgemax.config.DhcpService;
import net.berth.edgemax.ssh.NewKey;
import net.berth.edgemax.ssh.PublicHalf;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.proxmox.ProxmoxProbe;
import net.berth.security.ShownCertificate;

/** Reads the three systems before there are settings. Changes nothing; each call has a deadline of its own. */
public interface SetupProbe {

    /** The certificate that a Proxmox node shows. */
    ShownCertificate certificate(URI url) throws IOException;

    /** The fingerprints of the host keys that a router shows, the best algorithm first. */
    List<String> hostKeys(String host, int port, boolean legacy);

    /** The cluster and its guests; a runtime exception says why Proxmox cannot be read. */
    Cluster cluster(URI url, String fingerprint, String tokenId, Path token);

    /** A cluster: its Proxmox version, its nodes, and its guests, templates too, and those that could not be read. */
    record Cluster(String version, List<String> nodes, ProxmoxProbe.Guests guests) {
        /** Copies the list. */
        public Cluster {
            nodes = List.copyOf(nodes);
        }
    }

    /** NIPAP's assignments in the order of their addresses, each with its VLAN; 0 when none is noted. */
    Map<Prefix, Integer> assignments(URI url, String user, Path password, String vrf);

    /** What the router serves and sees. */
    Gateway router(RouterLogin login);

    /**
     * How to log in on the router.
     *
     * @param file with the private key or the password
     * @param key whether the file holds a private key, not a password
     */
    record RouterLogin(String host, int port, String user, Path file, boolean key, String hostKey, boolean legacy) {}

    /** A router: its shared networks, and its mappings, leases and neighbours. */
    record Gateway(List<DhcpService> networks, RouterView view) {
        /** Copies the list. */
        public Gateway {
            networks = List.copyOf(networks);
        }
    }

    /** A new key for the login on the router. */
    NewKey newKey();

    /** The public half of a private key in a file; empty when the file cannot be read as a key. */
    Optional<PublicHalf> publicHalf(Path privateKey);

    /** The commands that create role, user and token in Proxmox. */
    List<String> proxmoxCommands(String tokenId);
}
