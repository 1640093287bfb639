package net.berth.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import net.berth.security.Fingerprint;
import net.berth.security.PinnedTrust;

/**
 * Trusts exactly the certificate in {@code certificate-file}, whatever its issuer and names: the settings say which it is,
 * and the receiver may be called by an address that the certificate does not name.
 */
final class PinnedCertificate {
    private PinnedCertificate() {}

    /** TLS that accepts the first certificate of a PEM file only. */
    static SSLContext context(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            SSLContext context = SSLContext.getInstance("TLS");
            PinnedTrust trust = new PinnedTrust(List.of(Fingerprint.bytes(certificate)), "certificate-file");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new CliException("cannot read the receiver's certificate from " + pem, e);
        }
    }
}
