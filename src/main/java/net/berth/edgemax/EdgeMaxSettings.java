package net.berth.edgemax;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import net.berth.security.Secret;

/**
 * How to reach the router, and what every complete read of its config contains: built from {@code router:} and {@code
 * networks:} in berth.yaml.
 *
 * @param username a user of level admin, not root
 * @param legacyAlgorithms whether {@code ssh-rsa} is allowed, for EdgeOS 1.x
 * @param sharedNetworks the shared-network-names that Berth writes to; a
 *     read without them is taken as incomplete and repeated
 */
public record EdgeMaxSettings(
        String host,
        int port,
        String username,
        Login login,
        HostKey hostKey,
        boolean legacyAlgorithms,
        Set<String> sharedNetworks,
        Times times) {

    /** How to log in. */
    public sealed interface Login {
        /** With a private key without passphrase: ed25519, ECDSA or RSA, in OpenSSH or PEM form. */
        record Key(Secret pem) implements Login {}

        /** With a password, also where the router asks for it by keyboard-interactive. */
        record Password(Secret password) implements Login {}
    }

    /** Which host key is the router's. */
    public sealed interface HostKey {
        /** The key with this fingerprint: {@code SHA256:} and base64 without padding, as {@code ssh-keygen -l} prints it. */
        record Fingerprint(String fingerprint) implements HostKey {}

        /** The keys that a file of OpenSSH's form names for the host. */
        record KnownHosts(Path file) implements HostKey {}

        /** None is known yet: every connection is refused, with the line to add to the settings. */
        record Unknown() implements HostKey {}
    }

    /**
     * Deadlines.
     *
     * @param connect for the TCP connection and the login, each
     * @param step for one command that is no commit
     * @param commit for one commit, and for waiting until another admin's commit is done
     * @param pause between two looks at something that may change soon: the lock, a torn read, a daemon that starts
     * @param alive between two questions on an idle connection whether the router is still there; the third without an
     *     answer ends it
     */
    public record Times(Duration connect, Duration step, Duration commit, Duration pause, Duration alive) {
        /** Generous enough for the smallest router, with the commit's deadline given. */
        public static Times withCommit(Duration commit) {
            return new Times(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60),
                    commit,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10));
        }
    }
}
