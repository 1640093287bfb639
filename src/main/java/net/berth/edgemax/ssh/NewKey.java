package net.berth.edgemax.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A new ed25519 key for the login on a router (EdgeOS 2.0 takes it); its private half is never printed. */
public record NewKey(String pem, PublicHalf publicHalf) {

    /** Makes one. */
    public static NewKey make() {
        try {
            KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
            ByteArrayOutputStream pem = new ByteArrayOutputStream();
            pair.writeOpenSSHv1PrivateKey(pem, null);
            String blob = Base64.getEncoder().encodeToString(pair.getPublicKeyBlob());
            pair.dispose();
            return new NewKey(pem.toString(StandardCharsets.US_ASCII), new PublicHalf("ssh-ed25519", blob));
        } catch (JSchException e) {
            throw new IllegalStateException("this JVM makes no ed25519 keys", e);
        }
    }

    @Override
    public String toString() {
        return "NewKey[" + publicHalf + "]";
    }
}
