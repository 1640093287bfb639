package net.berth.edgemax.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import net.berth.edgemax.EdgeMaxSettings;

/** Opens SSH connections: the host key strictly checked, the login as set, old algorithms only where allowed. */
final class SshLogin {
    private static final int ALIVE_COUNT = 3;
    private final EdgeMaxSettings settings;

    SshLogin(EdgeMaxSettings settings) {
        this.settings = settings;
    }

    /** A connected session, or an exception that says what to do. */
    Session open() {
        if (settings.login() instanceof EdgeMaxSettings.Login.Key key) {
            PrivateKeys.fault(key.pem().reveal()).ifPresent(fault -> {
                throw RouterFailure.refused("the private key for the router cannot be used: " + fault);
            });
        }
        Set<String> seen = new TreeSet<>();
        for (String hostKeyTypes : hostKeyTypes()) {
            HostKeys keys = keys();
            try {
                return connect(keys, hostKeyTypes);
            } catch (JSchUnknownHostKeyException unknown) {
                throw unknown(keys.seen(), unknown);
            } catch (JSchChangedHostKeyException otherKey) {
                // A router has keys of several types; the settings name one of them.
                seen.addAll(keys.seen());
            } catch (JSchAlgoNegoFailException none) {
                if (seen.isEmpty()) {
                    throw negotiation(none);
                }
            } catch (JSchException failure) {
                throw other(failure);
            }
        }
        throw RouterFailure.refused("THE HOST KEY OF THE ROUTER IS NOT THE ONE IN THE SETTINGS. " + settings.host()
                + " shows "
                + String.join(", ", seen) + ". Another machine may answer in its place: nothing was sent, not even the"
                + " login. If the router was reset or replaced, set its key in the settings as: host-key: \""
                + (seen.isEmpty() ? "SHA256:..." : seen.iterator().next()) + "\"");
    }

    private Session connect(HostKeys keys, String hostKeyTypes) throws JSchException {
        JSch jsch = new JSch();
        jsch.setHostKeyRepository(keys);
        Session session = jsch.getSession(settings.username(), settings.host(), settings.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        if (!hostKeyTypes.isEmpty()) {
            session.setConfig("server_host_key", hostKeyTypes);
        } else if (settings.legacyAlgorithms()) {
            session.setConfig("server_host_key", session.getConfig("server_host_key") + ",ssh-rsa");
        }
        if (settings.legacyAlgorithms()) {
            // First in the list: refused tries count against the router's limit.
            session.setConfig("PubkeyAcceptedAlgorithms", "ssh-rsa," + session.getConfig("PubkeyAcceptedAlgorithms"));
        }
        switch (settings.login()) {
            case EdgeMaxSettings.Login.Key key -> {
                jsch.addIdentity(settings.username(), key.pem().revealBytes(), null, null);
                session.setConfig("PreferredAuthentications", "publickey");
            }
            case EdgeMaxSettings.Login.Password password -> {
                session.setPassword(password.password().revealBytes());
                // JSch also answers one hidden question for a password with it.
                session.setConfig("PreferredAuthentications", "password,keyboard-interactive");
            }
        }
        session.setServerAliveInterval((int) settings.times().alive().toMillis());
        session.setServerAliveCountMax(ALIVE_COUNT);
        session.setDaemonThread(true);
        try {
            session.connect((int) settings.times().connect().toMillis());
        } catch (JSchException failure) {
            session.disconnect();
            throw failure;
        }
        return session;
    }

    /** What to offer: first everything; then, for a pinned key, one type after the other until the pinned one shows. */
    private List<String> hostKeyTypes() {
        List<String> types = new ArrayList<>(List.of(""));
        if (settings.hostKey() instanceof EdgeMaxSettings.HostKey.Fingerprint) {
            types.addAll(HostKeys.types(settings.legacyAlgorithms()));
        }
        return types;
    }

    private HostKeys keys() {
        JSch known = new JSch();
        String pin = settings.hostKey() instanceof EdgeMaxSettings.HostKey.Fingerprint key ? key.fingerprint() : "";
        if (settings.hostKey() instanceof EdgeMaxSettings.HostKey.KnownHosts hosts) {
            try {
                known.setKnownHosts(hosts.file().toString());
            } catch (JSchException unreadable) {
                throw RouterFailure.refused("the known-hosts file " + hosts.file() + " cannot be read", unreadable);
            }
        }
        return new HostKeys(known.getHostKeyRepository(), pin);
    }

    private RuntimeException unknown(Set<String> seen, JSchException cause) {
        String key = seen.isEmpty() ? "SHA256:..." : seen.iterator().next();
        return RouterFailure.refused(
                "the host key of the router " + settings.host()
                        + " is not known, so nothing was sent. If this is its key"
                        + " (on the router: ssh-keygen -lf /etc/ssh/ssh_host_ecdsa_key.pub, and the like), add to the"
                        + " router's settings: host-key: \"" + key + "\"",
                cause);
    }

    private RuntimeException negotiation(JSchException cause) {
        String advice = settings.legacyAlgorithms()
                ? "it is older than ssh-rsa itself"
                : "an EdgeOS 1.x needs legacy-algorithms: true in the router's settings";
        return RouterFailure.refused(
                "the router " + settings.host() + " and Berth have no SSH algorithm in common; " + advice, cause);
    }

    private RuntimeException other(JSchException failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.toLowerCase(Locale.ROOT).contains("auth")) {
            String advice = settings.login() instanceof EdgeMaxSettings.Login.Key
                    ? "is its public key on the router (system login user ... authentication public-keys)? An EdgeOS 1.x"
                            + " with an RSA key needs legacy-algorithms: true"
                    : "check username and password-file";
            return RouterFailure.refused(
                    "the router " + settings.host() + " does not let " + settings.username() + " in: " + text + "; "
                            + advice,
                    failure);
        }
        return RouterFailure.down(
                "the router " + settings.host() + ":" + settings.port() + " cannot be reached: " + text, failure);
    }
}
