package net.berth.edgemax.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.KeyPair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.lab.edgeos.Options;
import net.berth.security.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of each kind and form, on both sides. */
class KeyLoginTest {
    @TempDir
    Path folder;

    static Stream<Keys.Kind> kinds() {
        return Stream.of(Keys.ED25519, Keys.ECDSA_PEM, Keys.ECDSA_OPENSSH, Keys.RSA_PEM, Keys.RSA_OPENSSH);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aKeyOfEachKindAndFormLogsIn(Keys.Kind kind) throws Exception {
        try (EdgeOs edge = EdgeOs.start()) {
            LoginTest.check(Bench.with(Bench.settings(edge), Keys.login(folder, edge, kind)));
        }
    }

    @ParameterizedTest
    @EnumSource(Options.HostKey.class)
    void aHostKeyOfEachKindIsTrustedWhenItIsPinnedAndOnlyThen(Options.HostKey kind) throws Exception {
        try (EdgeOs edge = EdgeOs.start(new Options(false, Options.Login.ALL, kind))) {
            EdgeMaxSettings settings = Bench.settings(edge);
            LoginTest.check(settings);
            Path known = folder.resolve("known_hosts");
            Files.writeString(known, "[127.0.0.1]:" + edge.port() + " " + edge.hostKeyLine() + "\n");
            LoginTest.check(Bench.with(settings, new EdgeMaxSettings.HostKey.KnownHosts(known)));

            LoginTest.refused(
                    Bench.with(settings, new EdgeMaxSettings.HostKey.Unknown()),
                    "host-key: \"" + edge.hostKey() + "\"");
            edge.newHostKey();
            LoginTest.refused(settings, "THE HOST KEY OF THE ROUTER IS NOT THE ONE IN THE SETTINGS", edge.hostKey());
        }
    }

    @Test
    void aKeyThatCannotBeUsedIsSaidWithTheCureBeforeTheRouterIsAsked() throws Exception {
        List<Keys.Kind> locked = List.of(
                new Keys.Kind(KeyPair.RSA, 2048, false, "gu3ss"), new Keys.Kind(KeyPair.ED25519, 256, true, "gu3ss"));
        try (EdgeOs edge = EdgeOs.start()) {
            for (Keys.Kind kind : locked) {
                refused(edge, Files.readString(Keys.write(folder, kind)), "passphrase", "ssh-keygen -p -N ''");
            }
            refused(edge, Files.readString(Keys.open(Keys.write(folder, Keys.ECDSA_PEM))), "public half", ".pub");
            refused(
                    edge,
                    Files.readString(Keys.write(folder, new Keys.Kind(KeyPair.DSA, 1024, false, ""))),
                    "neither ed25519 nor ECDSA nor RSA");
            String whole = Files.readString(Keys.write(folder, Keys.RSA_PEM));
            refused(edge, whole.substring(0, whole.length() / 2), "no private key in OpenSSH or PEM form");
            refused(edge, "", "no private key in OpenSSH or PEM form");
            assertThat(edge.counters().logins()).isZero();
        }
    }

    private static void refused(EdgeOs edge, String key, String... words) {
        LoginTest.refused(Bench.with(Bench.settings(edge), new EdgeMaxSettings.Login.Key(Secret.of(key))), words);
    }
}
