package net.berth.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Which certificates of a server a client trusts. */
public sealed interface TlsTrust {

    /**
     * Certificates with one of these SHA-256 fingerprints, whatever name or date they carry: each Proxmox node has its own
     * self-signed certificate.
     *
     * @param sha256 32 bytes each, given as hex with or without colons, kept in lower case without
     */
    record Fingerprints(List<String> sha256) implements TlsTrust {

        /** Throws IllegalArgumentException for an empty list and for other forms. */
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

        /** Whether a certificate has one of them. */
        public boolean holds(ShownCertificate shown) {
            return sha256.contains(plain(shown.fingerprint()));
        }

        private TrustManager[] managers() {
            List<byte[]> pins = sha256.stream().map(HexFormat.of()::parseHex).toList();
            return new TrustManager[] {new PinnedTrust(pins, "the settings")};
        }
    }

    /**
     * Certificates signed by an authority in a PEM file ({@code /etc/pve/pve-root-ca.pem}) and made for the URL's host.
     *
     * @param pem the file
     */
    record Authority(Path pem) implements TlsTrust {
        private TrustManager[] managers() {
            try (InputStream in = Files.newInputStream(pem)) {
                KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                int number = 0;
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("authority" + number++, certificate);
                }
                if (number == 0) {
                    throw new IllegalArgumentException(pem + " holds no certificate in PEM form");
                }
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(store);
                return factory.getTrustManagers();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalArgumentException("cannot read certificates from " + pem + ": " + e.getMessage(), e);
            }
        }
    }

    /** Certificates that the JVM trusts, made for the URL's host. */
    record JvmDefault() implements TlsTrust {}

    /** Whether the client must also compare the certificate's names with the URL's host. */
    default boolean checksHostName() {
        return !(this instanceof Fingerprints);
    }

    /**
     * TLS that trusts these certificates only.
     *
     * @throws IllegalArgumentException when the authority's file cannot be read
     */
    default SSLContext context() {
        TrustManager @Nullable [] managers =
                switch (this) {
                    case Fingerprints pins -> pins.managers();
                    case Authority authority -> authority.managers();
                    case JvmDefault jvm -> null;
                };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM offers no TLS", e);
        }
    }
}
