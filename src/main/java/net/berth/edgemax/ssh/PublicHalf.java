package net.berth.edgemax.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What belongs on the router of a private key: its type such as {@code ssh-ed25519}, and the key itself. */
public record PublicHalf(String type, String base64) {

    /** Of a private key's text; empty when that is none, or has a passphrase that hides it. */
    public static Optional<PublicHalf> of(String privateKey) {
        try {
            KeyPair pair = KeyPair.load(new JSch(), privateKey.getBytes(StandardCharsets.UTF_8), null);
            try {
                return Optional.ofNullable(pair.getPublicKeyBlob()).map(PublicHalf::ofBlob);
            } finally {
                pair.dispose();
            }
        } catch (JSchException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** RFC 4253, 6.6: the blob begins with the type, a string behind its length. */
    private static PublicHalf ofBlob(byte[] blob) {
        byte[] type = new byte[ByteBuffer.wrap(blob).getInt()];
        ByteBuffer.wrap(blob).position(Integer.BYTES).get(type);
        return new PublicHalf(
                new String(type, StandardCharsets.US_ASCII), Base64.getEncoder().encodeToString(blob));
    }
}
