package net.berth.security;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A new P-256 key and its self-signed certificate (RFC 5280), for a server whose clients pin it. Java has no public API that
 * creates a certificate, so this writes its DER: each element is a tag, a length and the content.
 *
 * @param certificate the certificate, PEM
 * @param privateKey its key, PEM, not encrypted
 */
public record OwnCertificate(String certificate, String privateKey) {
    private static final int DAYS = 3650;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT = 0x06;
    private static final int TEXT = 0x0C;
    private static final int TIME = 0x17;
    private static final int LONG_TIME = 0x18;
    private static final int FIRST_LONG_YEAR = 2050;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xA0;
    private static final int EXTENSIONS = 0xA3;
    private static final int NAME_DNS = 0x82;
    private static final int NAME_ADDRESS = 0x87;

    private static final byte[] ECDSA_WITH_SHA256 = {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2};
    private static final byte[] COMMON_NAME = {0x55, 4, 3};
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = {0x55, 0x1D, 0x11};
    private static final byte[] EXTENDED_KEY_USAGE = {0x55, 0x1D, 0x25};
    private static final byte[] SERVER = {0x2B, 6, 1, 5, 5, 7, 3, 1};

    /**
     * Creates one that is valid for ten years.
     *
     * @param names host names and addresses of the server, IPv6 without brackets
     * @param now it is valid from a day before, because clocks differ
     */
    public static OwnCertificate create(List<String> names, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] body = body(names, now, pair.getPublic().getEncoded());
            byte[] signed = der(SEQUENCE, body, algorithm(), bits(signature(pair.getPrivate(), body)));
            return new OwnCertificate(
                    pem("CERTIFICATE", signed),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no P-256", e);
        }
    }

    private static byte[] body(List<String> names, Instant now, byte[] publicKey) {
        byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT, COMMON_NAME), text("berth"))));
        byte[] validity = der(SEQUENCE, time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(DAYS, ChronoUnit.DAYS)));
        byte[] extensions = der(
                SEQUENCE,
                extension(
                        SUBJECT_ALTERNATIVE_NAME,
                        names.stream().map(OwnCertificate::name).toArray(byte[][]::new)),
                extension(EXTENDED_KEY_USAGE, der(OBJECT, SERVER)));
        return der(
                SEQUENCE,
                der(VERSION, der(INTEGER, new byte[] {2})),
                der(
                        INTEGER,
                        new BigInteger(120, new SecureRandom())
                                .add(BigInteger.ONE)
                                .toByteArray()),
                algorithm(),
                name,
                validity,
                name,
                publicKey,
                der(EXTENSIONS, extensions));
    }

    private static byte[] signature(PrivateKey key, byte[] body) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(body);
        return signature.sign();
    }

    private static byte[] algorithm() {
        return der(SEQUENCE, der(OBJECT, ECDSA_WITH_SHA256));
    }

    private static byte[] extension(byte[] object, byte[]... values) {
        return der(SEQUENCE, der(OBJECT, object), der(OCTET_STRING, der(SEQUENCE, values)));
    }

    private static byte[] name(String name) {
        if (!name.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return der(NAME_DNS, name.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            // Nothing is looked up for an address.
            return der(NAME_ADDRESS, InetAddress.getByName(name).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("\"" + name + "\" is no address", e);
        }
    }

    private static byte[] text(String text) {
        return der(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 5280 wants two digits for the years before 2050. */
    private static byte[] time(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        boolean isShort = time.getYear() < FIRST_LONG_YEAR;
        String text = DateTimeFormatter.ofPattern((isShort ? "yy" : "yyyy") + "MMddHHmmss'Z'", Locale.ROOT)
                .format(time);
        return der(isShort ? TIME : LONG_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** With no unused bits in the last byte. */
    private static byte[] bits(byte[] content) {
        return der(BIT_STRING, new byte[] {0}, content);
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        // The shortest form: below 128 the length itself, else how many bytes it has, and these.
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static String pem(String what, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OwnCertificate[" + certificate + "]";
    }
}
