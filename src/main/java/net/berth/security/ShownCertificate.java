package net.berth.security;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The certificate that a server shows, looked at before anything is trusted: after the handshake nothing is sent.
 *
 * @param fingerprint its SHA-256 fingerprint, {@code AB:CD:...}
 * @param subject whom it names
 * @param issuer who signed it
 * @param notAfter when it ends
 */
public record ShownCertificate(String fingerprint, String subject, String issuer, Instant notAfter) {

    /**
     * Asks a server.
     *
     * @param timeout for the connection, and for each part of the handshake
     * @throws IOException when there is no TLS server, with the reason
     */
    public static ShownCertificate of(String host, int port, Duration timeout) throws IOException {
        int millis = (int) timeout.toMillis();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), millis);
            plain.setSoTimeout(millis);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Onlooker()}, null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                socket.startHandshake();
                Certificate[] chain = socket.getSession().getPeerCertificates();
                return of((X509Certificate) chain[0]);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("this JVM offers no TLS", e);
        }
    }

    private static ShownCertificate of(X509Certificate certificate) throws CertificateEncodingException {
        return new ShownCertificate(
                Fingerprint.of(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getNotAfter().toInstant());
    }

    /** Lets any certificate pass: it is only looked at, and the connection ends with the handshake. */
    private static final class Onlooker extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // Only looked at.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            // Only looked at.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, javax.net.ssl.SSLEngine engine) {
            // Only looked at.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // There are no clients here.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            // There are no clients here.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, javax.net.ssl.SSLEngine engine) {
            // There are no clients here.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
