package net.berth.proxmox.api;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import net.berth.tls.PinnedTrust;
import org.jspecify.annotations.Nullable;

/** Makes the TLS settings of the client from what is trusted. */
final class TlsTrust {
    private TlsTrust() {}

    static Tls tls(Trust trust) {
        return switch (trust) {
            case Trust.Fingerprints pins ->
                tls(
                        new TrustManager[] {new PinnedTrust(pins.bytes(), "the settings")},
                        Tls.ENDPOINT_IDENTIFICATION_NONE);
            case Trust.Authority authority -> tls(authorities(authority.pem()), Tls.ENDPOINT_IDENTIFICATION_HTTPS);
            case Trust.JvmDefault jvm -> tls(null, Tls.ENDPOINT_IDENTIFICATION_HTTPS);
        };
    }

    private static Tls tls(TrustManager @Nullable [] managers, String hostNameCheck) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return Tls.builder()
                    .sslContext(context)
                    .endpointIdentificationAlgorithm(hostNameCheck)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM offers no TLS", e);
        }
    }

    private static TrustManager[] authorities(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(pem + " holds no certificate in PEM form");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot read certificates from " + pem + ": " + e.getMessage(), e);
        }
    }
}
