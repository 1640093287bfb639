package net.berth.http;

import java.nio.file.Path;
import java.util.List;
import net.berth.security.Secret;

/**
 * Where the receiver listens, and which requests it accepts: built from {@code server:} in berth.yaml.
 *
 * @param host the address or name to bind, an IPv6 address without brackets
 * @param port the TCP port; 0 for any free one
 * @param hosts the names under which it is reached, besides localhost and addresses
 * @param hookSecrets the keys of the hook's signatures, decoded, 24 to 64 bytes each; several during a rotation
 * @param apiToken the bearer token of the API
 * @param readTokens the token that may only read: none, or one, which is not the other one
 * @param cluster the Proxmox cluster's name, for the source of its events
 * @param transport plain HTTP or HTTPS
 */
public record ReceiverSettings(
        String host,
        int port,
        List<String> hosts,
        List<Secret> hookSecrets,
        Secret apiToken,
        List<Secret> readTokens,
        String cluster,
        Transport transport) {

    /** Copies the lists; throws IllegalArgumentException for an empty token, which would match an empty header. */
    public ReceiverSettings {
        hosts = List.copyOf(hosts);
        hookSecrets = List.copyOf(hookSecrets);
        readTokens = List.copyOf(readTokens);
        if (apiToken.reveal().isBlank()
                || readTokens.stream().anyMatch(token -> token.reveal().isBlank())) {
            throw new IllegalArgumentException(
                    "the API token is empty: write one into its file, 16 characters or more");
        }
    }

    /** HTTP or HTTPS. */
    public sealed interface Transport {
        /** Without encryption: for the loopback address, or behind a proxy. */
        record Plain() implements Transport {}

        /**
         * HTTPS.
         *
         * @param certificate PEM file with the certificate, then its chain
         * @param privateKey PEM file with its key, without passphrase
         */
        record Tls(Path certificate, Path privateKey) implements Transport {}
    }
}
