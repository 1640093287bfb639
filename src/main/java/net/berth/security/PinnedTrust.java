package net.berth.security;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server by the SHA-256 fingerprint of its certificate and nothing else: no name, no date, no authority. The
 * extended form keeps the JDK from adding its own check of host names.
 */
public final class PinnedTrust extends X509ExtendedTrustManager {
    private final List<byte[]> pins;
    private final String source;

    /**
     * @param pins the fingerprints, 32 bytes each
     * @param source where they come from, for the message of a refusal: {@code the settings}
     */
    public PinnedTrust(List<byte[]> pins, String source) {
        this.pins = pins.stream().map(byte[]::clone).toList();
        this.source = source;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        byte[] found = Fingerprint.bytes(chain[0]);
        boolean known = false;
        for (byte[] pin : pins) {
            known |= MessageDigest.isEqual(pin, found);
        }
        if (!known) {
            throw new CertificateException("the server's certificate has the fingerprint " + Fingerprint.of(chain[0])
                    + ", which is not the one in " + source);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients are not judged here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("clients are not judged here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("clients are not judged here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
