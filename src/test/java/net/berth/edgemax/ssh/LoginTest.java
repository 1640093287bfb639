package net.berth.edgemax.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.PeerException;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.lab.edgeos.Options;
import net.berth.security.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and whom Berth lets itself be let in by. */
class LoginTest {
    @TempDir
    Path folder;

    @Test
    void anUnknownHostKeyIsRefusedWithTheLineToAdd() {
        try (EdgeOs edge = EdgeOs.start()) {
            refused(
                    Bench.with(Bench.settings(edge), new EdgeMaxSettings.HostKey.Unknown()),
                    "host-key: \"" + edge.hostKey() + "\"");
            assertThat(edge.counters().logins()).isZero();
        }
    }

    @Test
    void aChangedHostKeyIsRefusedLoudlyAndNoPasswordIsSent() {
        try (EdgeOs edge = EdgeOs.start()) {
            EdgeMaxSettings settings = Bench.settings(edge);
            try (EdgeMaxRouter router = new EdgeMaxRouter(settings)) {
                router.apply(KnownBatch.of(List.of()));
            }
            edge.newHostKey();

            refused(settings, "THE HOST KEY OF THE ROUTER IS NOT THE ONE IN THE SETTINGS", edge.hostKey());
            assertThat(edge.counters().logins()).isEqualTo(1);
        }
    }

    @Test
    void aKnownHostsFileServesAsWell() throws IOException {
        try (EdgeOs edge = EdgeOs.start()) {
            Path known = folder.resolve("known_hosts");
            Files.writeString(known, "[127.0.0.1]:" + edge.port() + " " + edge.hostKeyLine() + "\n");
            EdgeMaxSettings settings = Bench.with(Bench.settings(edge), new EdgeMaxSettings.HostKey.KnownHosts(known));

            check(settings);

            edge.newHostKey();
            refused(settings, "HOST KEY");
        }
    }

    @Test
    void aHostThatTheKnownHostsFileDoesNotNameIsRefused() throws IOException {
        try (EdgeOs edge = EdgeOs.start()) {
            Path known = Files.createFile(folder.resolve("empty"));
            refused(
                    Bench.with(Bench.settings(edge), new EdgeMaxSettings.HostKey.KnownHosts(known)),
                    "host-key: \"" + edge.hostKey());
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndNotPrinted() {
        try (EdgeOs edge = EdgeOs.start()) {
            refused(
                    Bench.with(Bench.settings(edge), new EdgeMaxSettings.Login.Password(Secret.of("gu3ss"))),
                    "does not let berth in");
            assertThat(new EdgeMaxSettings.Login.Password(Secret.of("gu3ss")).toString())
                    .doesNotContain("gu3ss");
        }
    }

    @Test
    void aRouterThatAsksByKeyboardInteractiveGetsThePassword() {
        try (EdgeOs edge = EdgeOs.start(new Options(false, Options.Login.KEYBOARD_ONLY))) {
            check(Bench.settings(edge));
            assertThat(edge.counters().logins()).isEqualTo(1);
        }
    }

    @Test
    void aKeyThatTheRouterDoesNotKnowIsRefusedWithAdvice() throws Exception {
        try (EdgeOs edge = EdgeOs.start();
                EdgeOs other = EdgeOs.start()) {
            refused(Bench.with(Bench.settings(edge), Keys.login(folder, other, Keys.ECDSA_PEM)), "public-keys");
        }
    }

    @Test
    void aKeyThatIsNoneIsSaidWithoutItsText() {
        try (EdgeOs edge = EdgeOs.start()) {
            var login = new EdgeMaxSettings.Login.Key(Secret.of("no key at all"));
            refused(Bench.with(Bench.settings(edge), login), "private key");
            assertThat(login.toString()).doesNotContain("no key at all");
        }
    }

    @Test
    void aUserWhoIsNoAdminIsToldSo() {
        try (EdgeOs edge = EdgeOs.start()) {
            edge.faults().notAdmin(true);
            refused(Bench.settings(edge), "must be of level admin", "Invalid password");
        }
    }

    @Test
    void anOldRouterNeedsTheOptIn() throws Exception {
        try (EdgeOs edge = EdgeOs.start(new Options(true, Options.Login.ALL))) {
            EdgeMaxSettings settings = Bench.settings(edge);
            refused(settings, "legacy-algorithms: true");

            check(Bench.legacy(settings));
            check(Bench.legacy(Bench.with(settings, Keys.login(folder, edge, Keys.RSA_PEM))));
        }
    }

    static void check(EdgeMaxSettings settings) {
        try (EdgeMaxRouter router = new EdgeMaxRouter(settings)) {
            router.apply(KnownBatch.of(List.of()));
        }
    }

    static void refused(EdgeMaxSettings settings, String... words) {
        assertThatExceptionOfType(PeerException.class)
                .isThrownBy(() -> check(settings))
                .satisfies(refusal -> {
                    assertThat(refusal.kind()).isEqualTo(PeerException.Kind.REFUSED);
                    assertThat(refusal.getMessage()).contains(words).doesNotContain(Options.PASSWORD, "gu3ss");
                });
    }
}
