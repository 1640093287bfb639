package net.berth.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

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

        @Override
        public SSLContext context() {
            return ServerTrust.pinned(
                    sha256.stream().map(HexFormat.of()::parseHex).toList(), "the settings");
        }
    }

    /**
     * Certificates signed by an authority in a PEM file ({@code /etc/pve/pve-root-ca.pem}) and made for the URL's host.
     */
    record Authority(Path pem) implements TlsTrust {
        @Override
        public SSLContext context() {
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
                return ServerTrust.context(factory.getTrustManagers());
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalArgumentException("cannot read certificates from " + pem + ": " + e.getMessage(), e);
            }
        }
    }

    /** Certificates that the JVM trusts, made for the URL's host. */
    record JvmDefault() implements TlsTrust {
        @Override
        public SSLContext context() {
            return ServerTrust.context();
        }
    }

    /** Whether the client must also compare the certificate's names with the URL's host. */
    default boolean checksHostName() {
        return !(this instanceof Fingerprints);
    }

    /** TLS that trusts these certificates; throws IllegalArgumentException when the authority's file cannot be read. */
    SSLContext context();

    /**
     * TLS that accepts only the first certificate of the receiver's {@code certificate-file}, without regard to its issuer
     * and names: the receiver may be called by an address that the certificate does not name.
     *
     * @throws IllegalArgumentException when the file cannot be read
     */
    static SSLContext receiver(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return ServerTrust.pinned(List.of(ShownCertificate.sha256(certificate)), "certificate-file");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot read the receiver's certificate from " + pem, e);
        }
    }
}
