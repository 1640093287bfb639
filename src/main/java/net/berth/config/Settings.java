package net.berth.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.berth.model.Network;
import net.berth.model.Policy;

/**
 * {@code berth.yaml}, read and checked: every value is usable, every secret is loaded, every file could be read.
 *
 * @param server the receiver's own side
 * @param proxmox where the guests are
 * @param nipap where the addresses are
 * @param router where DHCP mappings and DNS names are
 * @param networks the networks, in the order of the file; at least one
 * @param policy what Berth may do with guests
 * @param webhooks who is told what happens, in the order of the file
 */
public record Settings(
        Server server,
        Proxmox proxmox,
        Nipap nipap,
        Router router,
        List<Network> networks,
        Policy policy,
        List<Webhook> webhooks) {

    /** Copies the lists. */
    public Settings {
        networks = List.copyOf(networks);
        webhooks = List.copyOf(webhooks);
    }

    /**
     * A receiver of events.
     *
     * @param url where it listens; it may hold a token of the receiver's, so it is shown nowhere
     * @param secrets the keys that each message is signed with, decoded; several while they are being changed
     * @param events the types it wants to hear of; empty for all
     * @param trust whose certificates are good
     */
    public record Webhook(URI url, List<Secret> secrets, List<String> events, WebhookTrust trust) {
        /** Copies the lists. */
        public Webhook {
            secrets = List.copyOf(secrets);
            events = List.copyOf(events);
        }
    }

    /** Whose certificates are good for a receiver of events. */
    public sealed interface WebhookTrust {
        /** Those that Java trusts by itself. */
        record Usual() implements WebhookTrust {}

        /**
         * Those that an authority of one's own has signed.
         *
         * @param pem its certificate
         */
        record Authority(Path pem) implements WebhookTrust {}
    }

    /**
     * The receiver's own side.
     *
     * @param listen where it listens
     * @param hookSecrets the keys that a hook's signature may be made with, decoded, 24 to 64 bytes each; several while
     *     they are being changed
     * @param apiToken the bearer token of the API
     * @param transport plain HTTP or HTTPS
     */
    public record Server(Listen listen, List<Secret> hookSecrets, Secret apiToken, Transport transport) {
        /** Copies the list. */
        public Server {
            hookSecrets = List.copyOf(hookSecrets);
        }
    }

    /**
     * A host and a port to listen on.
     *
     * @param host an address or a name, an IPv6 address without brackets
     * @param port the port; 0 for any that is free
     */
    public record Listen(String host, int port) {}

    /** How the receiver is spoken to. */
    public sealed interface Transport {
        /** HTTP. */
        record Plain() implements Transport {}

        /**
         * HTTPS.
         *
         * @param certificate PEM file of the certificate and its chain
         * @param privateKey PEM file of its key
         */
        record Https(Path certificate, Path privateKey) implements Transport {}
    }

    /**
     * The Proxmox cluster.
     *
     * @param urls tried in order; each {@code https} without a path
     * @param cluster part of every guest's identity
     * @param tokenId {@code user@realm!name}
     * @param token the token's secret half
     * @param trust which certificates are the cluster's
     * @param poll how often new, gone and renamed guests are looked for
     * @param resync how often everything is compared
     */
    public record Proxmox(
            List<URI> urls, String cluster, String tokenId, Secret token, Trust trust, Duration poll, Duration resync) {
        /** Copies the list. */
        public Proxmox {
            urls = List.copyOf(urls);
        }
    }

    /** Which certificates are trusted. */
    public sealed interface Trust {
        /**
         * Those with one of these SHA-256 fingerprints.
         *
         * @param sha256 32 bytes each, as {@code AB:CD:...} in upper case
         */
        record Fingerprints(List<String> sha256) implements Trust {
            /** Copies the list. */
            public Fingerprints {
                sha256 = List.copyOf(sha256);
            }
        }

        /**
         * Those that an authority has signed.
         *
         * @param pem its certificate
         */
        record Authority(Path pem) implements Trust {}
    }

    /**
     * NIPAP.
     *
     * @param url the XML-RPC address
     * @param username a user that may write
     * @param password its password
     * @param vrf the VRF that holds the addresses
     */
    public record Nipap(URI url, String username, Secret password, String vrf) {}

    /**
     * The router.
     *
     * @param host its name or address
     * @param port its SSH port
     * @param username an admin of it
     * @param login how that user proves itself
     * @param hostKeys which router is the right one
     * @param legacyAlgorithms whether algorithms of EdgeOS 1.x are allowed
     * @param commitTimeout how long one commit may take
     */
    public record Router(
            String host,
            int port,
            String username,
            Login login,
            HostKeys hostKeys,
            boolean legacyAlgorithms,
            Duration commitTimeout) {}

    /** How the router's user proves itself. */
    public sealed interface Login {
        /**
         * By password.
         *
         * @param password the password
         */
        record Password(Secret password) implements Login {}

        /**
         * By key.
         *
         * @param pem the private key's file, whole
         */
        record PrivateKey(Secret pem) implements Login {}
    }

    /** Which SSH host keys are the router's. */
    public sealed interface HostKeys {
        /**
         * The one with this fingerprint.
         *
         * @param sha256 {@code SHA256:} and base64 without padding, as OpenSSH shows it
         */
        record Pinned(String sha256) implements HostKeys {}

        /**
         * Those of a file.
         *
         * @param file in OpenSSH's {@code known_hosts} format
         */
        record KnownHosts(Path file) implements HostKeys {}

        /** None is known yet: every connection is refused, with the line to add. */
        record Unknown() implements HostKeys {}
    }
}
