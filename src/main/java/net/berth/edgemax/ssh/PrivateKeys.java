package net.berth.edgemax.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what is wrong with a private key before the router is asked with it. Never prints the key. */
final class PrivateKeys {
    private static final Set<Integer> KINDS = Set.of(KeyPair.ED25519, KeyPair.ECDSA, KeyPair.RSA);
    private static final Pattern PUBLIC = Pattern.compile("(?s)(ssh-|ecdsa-|sk-).*|---- BEGIN SSH2 PUBLIC KEY.*");
    private static final String NEW_ONE = "make one by: ssh-keygen -t ed25519 -N '' -f router.key";

    private PrivateKeys() {}

    /** What is wrong, and what to do; empty when the key may be used. */
    static Optional<String> fault(String key) {
        if (PUBLIC.matcher(key.strip()).matches()) {
            return Optional.of("it is the public half, which belongs on the router; the private one is in the file"
                    + " without .pub");
        }
        try {
            KeyPair pair = KeyPair.load(new JSch(), key.getBytes(StandardCharsets.UTF_8), null);
            try {
                if (pair.isEncrypted()) {
                    return Optional.of("it has a passphrase, which Berth cannot type; remove it by:"
                            + " ssh-keygen -p -N '' -f FILE");
                }
                return KINDS.contains(pair.getKeyType())
                        ? Optional.empty()
                        : Optional.of("it is neither ed25519 nor ECDSA nor RSA; " + NEW_ONE);
            } finally {
                pair.dispose();
            }
        } catch (JSchException | RuntimeException unreadable) {
            return Optional.of("it is no private key in OpenSSH or PEM form; " + NEW_ONE);
        }
    }
}
