package net.berth.edgemax.config;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.RouterProbe;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user's ~/.bashrc on the router prints before Berth's shell begins. */
class GreetingTest {
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo Welcome",
                "printf 'Welcome to edge, '",
                "echo 1; echo '@@0 1 0'; echo; date +%s",
                "echo Welcome >&2",
                "printf '\\033[1mset up by me\\033[0m\\n'; cd /tmp; alias run=ls; umask 077"
            })
    void doesNotMatter(String lines) {
        bench.edge.faults().bashrc(lines);

        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());
        assertThat(bench.router.read().mappings()).hasSize(2);
        assertThat(bench.router.trouble()).isEmpty();
        try (RouterProbe probe = new RouterProbe(Bench.settings(bench.edge))) {
            assertThat(probe.account().user()).isEqualTo("berth");
            assertThat(probe.release().version()).isEqualTo("v2.0.9");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo Welcome; exit 0", "echo Welcome; exec cat >/dev/null"})
    void thatTakesBerthsLinesIsNamedWithTheFile(String lines) {
        bench.edge.faults().bashrc(lines);

        EdgeMaxSettings.Times quick = new EdgeMaxSettings.Times(
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMillis(5),
                Duration.ofSeconds(10));
        try (EdgeMaxRouter router = new EdgeMaxRouter(Bench.with(Bench.settings(bench.edge), quick))) {
            assertThatThrownBy(router::read)
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("Welcome")
                    .hasMessageContaining("~/.bashrc");
        }
    }
}
