package net.berth.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.RouterView;
import net.berth.security.ShownCertificate;

/** Looks at the three systems before there are settings. Changes nothing; each call has a deadline of its own. */
public interface Scout {

    /** The certificate that a Proxmox node shows. */
    ShownCertificate certificate(URI url) throws IOException;

    /** The fingerprints of the host keys that a router shows, the best first. */
    List<String> hostKeys(String host, int port, boolean legacy);

    /** What Proxmox shows; a runtime exception says why it shows nothing. */
    Cluster cluster(URI url, String fingerprint, String tokenId, Path token);

    /**
     * A cluster.
     *
     * @param version its version
     * @param nodes its nodes
     * @param guests its guests, templates too
     */
    record Cluster(String version, List<String> nodes, List<Guest> guests) {
        /** Copies the lists. */
        public Cluster {
            nodes = List.copyOf(nodes);
            guests = List.copyOf(guests);
        }
    }

    /** NIPAP's assignments. */
    List<Assignment> assignments(URI url, String user, Path password, String vrf);

    /**
     * A prefix in which hosts may be.
     *
     * @param prefix the prefix
     * @param vlan its VLAN; 0 when none is noted
     */
    record Assignment(Prefix prefix, int vlan) {}

    /** What the router serves and sees. */
    Gateway router(RouterDoor door);

    /**
     * How to log in on the router.
     *
     * @param key whether the file holds a private key, not a password
     */
    record RouterDoor(String host, int port, String user, Path login, boolean key, String hostKey, boolean legacy) {}

    /**
     * A router.
     *
     * @param networks its shared networks
     * @param view its mappings, leases and neighbours
     */
    record Gateway(List<SharedNetwork> networks, RouterView view) {
        /** Copies the list. */
        public Gateway {
            networks = List.copyOf(networks);
        }
    }

    /**
     * A subnet of a shared network.
     *
     * @param name the shared network
     * @param prefix the subnet
     * @param gateway what it tells clients; the first host of the subnet when it tells nothing
     * @param domain its domain, or the router's own; empty when there is none
     */
    record SharedNetwork(String name, Prefix prefix, IpAddress gateway, String domain) {}

    /** A new key for the router: the private half, and the two words of the public one, type and base64. */
    RouterKey newKey();

    /** The public half of a private key in a file, with no private one; empty when the file cannot be read as a key. */
    Optional<RouterKey> publicHalf(Path privateKey);

    /**
     * A pair of keys.
     *
     * @param pem the private half; never printed; empty where only the public one is asked for
     * @param type such as {@code ssh-ed25519}
     * @param base64 the public half
     */
    record RouterKey(String pem, String type, String base64) {
        @Override
        public String toString() {
            return "RouterKey[" + type + " " + base64 + "]";
        }
    }

    /** The lines that make role, user and token in Proxmox. */
    List<String> proxmoxSetUp(String tokenId);
}
