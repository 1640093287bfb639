package net.berth.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.SSLSocket;

/**
 * The certificate that a server shows, read before anything is trusted: after the handshake nothing is sent.
 *
 * @param fingerprint its SHA-256 fingerprint, as {@code openssl x509 -fingerprint -sha256} shows it: {@code AB:CD:...}
 */
public record ShownCertificate(String fingerprint, String subject, Instant notAfter) {

    /** Asks a server, with a timeout for the connection and each part of the handshake; throws with the reason. */
    public static ShownCertificate of(String host, int port, Duration timeout) throws IOException {
        int millis = (int) timeout.toMillis();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), millis);
            plain.setSoTimeout(millis);
            try (SSLSocket socket =
                    (SSLSocket) ServerTrust.unchecked().getSocketFactory().createSocket(plain, host, port, true)) {
                socket.startHandshake();
                return of((X509Certificate) socket.getSession().getPeerCertificates()[0]);
            }
        } catch (CertificateEncodingException e) {
            throw new IOException("the server's certificate cannot be read", e);
        }
    }

    /**
     * The first certificate of a text in PEM form, which a server with this text shows.
     *
     * @throws IllegalArgumentException when there is none that can be read
     */
    public static ShownCertificate ofPem(String pem) {
        try {
            var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
            return of((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("that is no certificate in PEM form", e);
        }
    }

    static ShownCertificate of(X509Certificate certificate) throws CertificateEncodingException {
        return new ShownCertificate(
                HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(certificate)),
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotAfter().toInstant());
    }

    static byte[] sha256(X509Certificate certificate) throws CertificateEncodingException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
