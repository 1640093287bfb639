package net.berth.edgemax.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The host keys that a router shows. Nothing is sent to it but the start of the handshake: every key is refused. */
public final class HostKeys {
    private HostKeys() {}

    /**
     * Fingerprints, {@code SHA256:...}, the best algorithm first; one at least.
     *
     * @throws net.berth.engine.port.PeerException when there is no SSH server
     */
    public static List<String> shown(String host, int port, boolean legacy, Duration timeout) {
        Set<String> seen = new LinkedHashSet<>();
        String last = "";
        for (String types : List.of(
                "ssh-ed25519",
                "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
                "rsa-sha2-512,rsa-sha2-256" + (legacy ? ",ssh-rsa" : ""))) {
            SeenHostKeys keys = SeenHostKeys.pinned("");
            try {
                JSch jsch = new JSch();
                jsch.setHostKeyRepository(keys);
                Session session = jsch.getSession("berth", host, port);
                session.setConfig("StrictHostKeyChecking", "yes");
                session.setConfig("server_host_key", types);
                session.setDaemonThread(true);
                session.connect((int) timeout.toMillis());
                session.disconnect();
            } catch (JSchException refused) {
                last = String.valueOf(refused.getMessage());
            }
            seen.addAll(keys.seen());
        }
        if (seen.isEmpty()) {
            throw RouterFailure.down("the router " + host + ":" + port + " shows no host key: " + last
                    + "; an EdgeOS 1.x needs legacy-algorithms");
        }
        return List.copyOf(seen);
    }
}
