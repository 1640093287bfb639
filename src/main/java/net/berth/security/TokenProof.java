package net.berth.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves that the program on a port knows the API's token before the token is sent to it: while Berth is down, any user may listen there. */
public final class TokenProof {
    /** The request header with the challenge: a random text of the caller's. */
    public static final String CHALLENGE = "Berth-Challenge";

    /** The response header with the proof. */
    public static final String PROOF = "Berth-Proof";

    private TokenProof() {}

    /** HMAC-SHA256 of the challenge under the token, in hex. */
    public static String of(String token, String challenge) {
        return hmac(token, "berth-proof " + challenge);
    }

    /** HMAC-SHA256 of a session's text under the token, in hex; no proof of a challenge is one. */
    public static String ofSession(String token, String session) {
        return hmac(token, "berth-session " + session);
    }

    private static String hmac(String token, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] proof = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(proof);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }
}
