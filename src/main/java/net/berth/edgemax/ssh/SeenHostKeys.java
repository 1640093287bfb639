package net.berth.edgemax.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** Judges the router's host key and remembers what was seen, so that a refusal can name it. */
final class SeenHostKeys implements HostKeyRepository {
    private final HostKeyRepository judge;
    private final Set<String> seen = new LinkedHashSet<>();

    private SeenHostKeys(HostKeyRepository judge) {
        this.judge = judge;
    }

    /** Judged by a file of known hosts. */
    static SeenHostKeys judgedBy(HostKeyRepository knownHosts) {
        return new SeenHostKeys(knownHosts);
    }

    /** Only the key with this fingerprint is good; an empty text means that none is known. */
    static SeenHostKeys pinned(String fingerprint) {
        return new SeenHostKeys(new Pin(fingerprint));
    }

    /** Fingerprints of all keys that were shown, in order. */
    Set<String> seen() {
        return Set.copyOf(seen);
    }

    static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public int check(String host, byte[] key) {
        seen.add(fingerprint(key));
        return judge.check(host, key);
    }

    @Override
    public void add(HostKey hostkey, UserInfo ui) {
        // A key is never learned on the way: only the settings say which is good.
    }

    @Override
    public void remove(String host, String type) {
        // As above.
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        // As above.
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return judge.getKnownHostsRepositoryID();
    }

    @Override
    public HostKey[] getHostKey() {
        return judge.getHostKey();
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
        return judge.getHostKey(host, type);
    }

    /** The judge that knows one fingerprint. */
    private record Pin(String fingerprint) implements HostKeyRepository {
        @Override
        public int check(String host, byte[] key) {
            if (fingerprint.isEmpty()) {
                return NOT_INCLUDED;
            }
            return fingerprint.equals(SeenHostKeys.fingerprint(key)) ? OK : CHANGED;
        }

        @Override
        public void add(HostKey hostkey, UserInfo ui) {
            // Nothing is learned.
        }

        @Override
        public void remove(String host, String type) {
            // Nothing is forgotten.
        }

        @Override
        public void remove(String host, String type, byte[] key) {
            // Nothing is forgotten.
        }

        @Override
        public String getKnownHostsRepositoryID() {
            return "settings";
        }

        @Override
        public HostKey[] getHostKey() {
            return new HostKey[0];
        }

        @Override
        public HostKey[] getHostKey(String host, String type) {
            return new HostKey[0];
        }
    }
}
