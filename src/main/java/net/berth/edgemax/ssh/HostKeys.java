package net.berth.edgemax.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.UserInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Judges the host key by the settings alone, and remembers what was seen, so that a refusal can name it. */
public final class HostKeys implements HostKeyRepository {
    private final HostKeyRepository known;
    private final String pin;
    private final Set<String> seen = new LinkedHashSet<>();

    /** For one connection: {@code known} decides, unless there is a pin, the fingerprint of the only good key. */
    HostKeys(HostKeyRepository known, String pin) {
        this.known = known;
        this.pin = pin;
    }

    /**
     * The host keys that a router shows. Nothing is sent to it but the start of the handshake: every key is refused.
     *
     * @return fingerprints, {@code SHA256:...}, the best algorithm first; one at least
     * @throws net.berth.engine.port.PeerException when there is no SSH server
     */
    public static List<String> shown(String host, int port, boolean legacy, Duration timeout) {
        Set<String> seen = new LinkedHashSet<>();
        String last = "";
        for (String types : types(legacy)) {
            JSch jsch = new JSch();
            HostKeys keys = new HostKeys(jsch.getHostKeyRepository(), "");
            try {
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
            seen.addAll(keys.seen);
        }
        if (seen.isEmpty()) {
            throw RouterFailure.down("the router " + host + ":" + port + " shows no host key: " + last
                    + "; an EdgeOS 1.x needs legacy-algorithms");
        }
        return List.copyOf(seen);
    }

    /** The types of host keys to ask for one after the other, the best first. */
    static List<String> types(boolean legacy) {
        return List.of(
                "ssh-ed25519",
                "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
                "rsa-sha2-512,rsa-sha2-256" + (legacy ? ",ssh-rsa" : ""));
    }

    Set<String> seen() {
        return Set.copyOf(seen);
    }

    @Override
    public int check(String host, byte[] key) {
        String fingerprint = fingerprint(key);
        seen.add(fingerprint);
        if (pin.isEmpty()) {
            return known.check(host, key);
        }
        return pin.equals(fingerprint) ? OK : CHANGED;
    }

    private static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public void add(HostKey hostkey, UserInfo ui) {}

    @Override
    public void remove(String host, String type) {}

    @Override
    public void remove(String host, String type, byte[] key) {}

    @Override
    public String getKnownHostsRepositoryID() {
        return known.getKnownHostsRepositoryID();
    }

    @Override
    public HostKey[] getHostKey() {
        return known.getHostKey();
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
        return known.getHostKey(host, type);
    }
}
