package net.berth.lab.edgeos;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The router's SSH server. */
final class SshFront implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<PublicKey> keys = new CopyOnWriteArrayList<>();
    private final Options options;
    private volatile String hostKey = "";
    private volatile String hostKeyLine = "";

    SshFront(Options options, Counters counters, Function<String, ShellCommand> commands) throws IOException {
        this.options = options;
        server.setHost("127.0.0.1");
        server.setPort(0);
        newHostKey();
        if (options.legacy()) {
            @SuppressWarnings("deprecation") // The very algorithm that old routers are limited to.
            var old = BuiltinSignatures.rsa;
            server.setSignatureFactories(List.of(old));
        }
        server.setUserAuthFactories(factories());
        server.setPasswordAuthenticator((user, password, session) -> {
            boolean good = user.equals(Options.USER) && password.equals(Options.PASSWORD);
            counters.logins.addAndGet(good ? 1 : 0);
            return good;
        });
        server.setPublickeyAuthenticator((user, key, session) ->
                user.equals(Options.USER) && keys.stream().anyMatch(known -> KeyUtils.compareKeys(known, key)));
        List<RequestHandler<ConnectionService>> requests = new ArrayList<>(server.getGlobalRequestHandlers());
        requests.addFirst((service, request, wantReply, buffer) -> count(counters, request));
        server.setGlobalRequestHandlers(requests);
        server.setCommandFactory((channel, command) -> commands.apply(command));
        CoreModuleProperties.WELCOME_BANNER.set(server, "By logging in, accessing, or using this router you agree\n");
        // Answers are small and many: without this each waits for the other side's delayed acknowledgement.
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        server.start();
    }

    private List<UserAuthFactory> factories() {
        return switch (options.login()) {
            case ALL ->
                List.of(
                        UserAuthPublicKeyFactory.INSTANCE,
                        UserAuthPasswordFactory.INSTANCE,
                        UserAuthKeyboardInteractiveFactory.INSTANCE);
            case KEYBOARD_ONLY -> List.of(UserAuthKeyboardInteractiveFactory.INSTANCE);
        };
    }

    int port() {
        return server.getPort();
    }

    String hostKey() {
        return hostKey;
    }

    String hostKeyLine() {
        return hostKeyLine;
    }

    void accept(PublicKey key) {
        keys.add(key);
    }

    /** As after a reset of the router, or with another machine in its place. */
    void newHostKey() {
        try {
            KeyPair pair = generator().generateKeyPair();
            server.setKeyPairProvider(KeyPairProvider.wrap(pair));
            hostKeyLine = PublicKeyEntry.toString(pair.getPublic());
            hostKey = KeyUtils.getFingerPrint(BuiltinDigests.sha256, pair.getPublic());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK makes no host keys", missing);
        }
    }

    private KeyPairGenerator generator() throws GeneralSecurityException {
        return switch (options.hostKey()) {
            case ECDSA -> sized("EC", 256);
            case RSA -> sized("RSA", 2048);
            case ED25519 -> KeyPairGenerator.getInstance("Ed25519", new BouncyCastleProvider());
        };
    }

    private static KeyPairGenerator sized(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator;
    }

    /** Counts the client's questions whether the router is still there, and leaves the answer to others. */
    private static RequestHandler.Result count(Counters counters, String request) {
        counters.keepalives.addAndGet(request.startsWith("keepalive@") ? 1 : 0);
        return RequestHandler.Result.Unsupported;
    }

    /** Ends all connections, as a reboot does. */
    void dropConnections() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
