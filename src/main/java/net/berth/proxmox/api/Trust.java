package net.berth.proxmox.api;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Which certificate of Proxmox is trusted. */
public sealed interface Trust {

    /**
     * Certificates with one of these SHA-256 fingerprints, whatever name or date they carry: each node has its own
     * self-signed certificate.
     *
     * @param sha256 32 bytes in hex, with or without colons
     */
    record Fingerprints(List<String> sha256) implements Trust {

        /** Refuses an empty list and other forms. */
        public Fingerprints {
            if (sha256.isEmpty()) {
                throw new IllegalArgumentException("no fingerprint is given");
            }
            sha256 = sha256.stream().map(Fingerprints::plain).toList();
        }

        private static String plain(String text) {
            String hex = text.replace(":", "").toLowerCase(Locale.ROOT);
            if (!hex.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no SHA-256 fingerprint: 32 bytes in hex, such as AB:CD:...");
            }
            return hex;
        }

        List<byte[]> bytes() {
            return sha256.stream().map(HexFormat.of()::parseHex).toList();
        }
    }

    /**
     * Certificates signed by an authority in a PEM file ({@code /etc/pve/pve-root-ca.pem}) and made for the URL's host.
     *
     * @param pem the file
     */
    record Authority(Path pem) implements Trust {}

    /** Certificates that the JVM trusts, made for the URL's host. */
    record JvmDefault() implements Trust {}
}
