package net.berth.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** SHA-256 fingerprints of certificates. */
public final class Fingerprint {
    private Fingerprint() {}

    /** As {@code openssl x509 -fingerprint -sha256} shows it: {@code AB:CD:...}. */
    public static String of(X509Certificate certificate) throws CertificateEncodingException {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes(certificate));
    }

    /** Its 32 bytes. */
    public static byte[] bytes(X509Certificate certificate) throws CertificateEncodingException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
