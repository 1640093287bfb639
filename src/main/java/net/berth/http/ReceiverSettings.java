package net.berth.http;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the receiver listens, and whom it believes.
 *
 * @param host the address to bind, and no other
 * @param port the TCP port; 0 for any free one
 * @param hookSecrets the keys of the hook's signatures, asked at each hook: more than one while rotating
 * @param apiToken the bearer token of the API
 * @param cluster the Proxmox cluster's name, for the source of its events
 * @param transport plain HTTP or HTTPS
 */
public record ReceiverSettings(
        String host,
        int port,
        Supplier<List<byte[]>> hookSecrets,
        String apiToken,
        String cluster,
        Transport transport) {

    /** Refuses an empty token: it would match an empty header. */
    public ReceiverSettings {
        if (apiToken.isBlank()) {
            throw new IllegalArgumentException("the API token is empty: put one into its file, 16 characters or more");
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

    /** Without the token. */
    @Override
    public String toString() {
        return "ReceiverSettings[" + host + ":" + port + ", " + transport + "]";
    }
}
