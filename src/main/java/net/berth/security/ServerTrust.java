package net.berth.security;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts a server by one check of its certificate alone; the extended form keeps the JDK from checking the host. */
final class ServerTrust extends X509ExtendedTrustManager {
    /** Throws for a certificate that is not trusted. */
    interface Check {
        void check(X509Certificate certificate) throws CertificateException;
    }

    private final Check check;

    private ServerTrust(Check check) {
        this.check = check;
    }

    /** TLS that trusts the certificates with one of these SHA-256 fingerprints, 32 bytes each, from the source named. */
    static SSLContext pinned(List<byte[]> pins, String source) {
        return context(new ServerTrust(certificate -> {
            byte[] found = ShownCertificate.sha256(certificate);
            boolean known = false;
            for (byte[] pin : pins) {
                known |= MessageDigest.isEqual(pin, found);
            }
            if (!known) {
                throw new CertificateException("the server's certificate has the fingerprint "
                        + ShownCertificate.of(certificate).fingerprint() + ", which is not the one in " + source);
            }
        }));
    }

    /** TLS that accepts any certificate, to read it: nothing is sent after the handshake. */
    static SSLContext unchecked() {
        return context(new ServerTrust(certificate -> {}));
    }

    /** TLS with these managers; without any, as the JVM is configured. */
    static SSLContext context(TrustManager... managers) {
        TrustManager @Nullable [] given = managers.length == 0 ? null : managers;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, given, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM offers no TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check.check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check.check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check.check(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients are not checked here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
