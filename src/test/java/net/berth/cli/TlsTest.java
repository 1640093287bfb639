package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import net.berth.cli.api.ApiAccess;
import net.berth.cli.api.ApiClient;
import net.berth.cli.api.CliException;
import net.berth.http.FakeBerth;
import net.berth.http.PemFiles;
import net.berth.http.Receiver;
import net.berth.http.ReceiverSettings;
import net.berth.security.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void theCommandLineKnowsTheReceiverByItsOwnCertificate(String algorithm) throws Exception {
        PemFiles files = PemFiles.make(folder, algorithm);
        try (Receiver receiver = start(files.certificate(), files.privateKey())) {
            ApiAccess access = ApiAccess.https("127.0.0.1", receiver.port(), CliBench.TOKEN, files.certificate());
            assertThat(new ApiClient(access).get("/v1/guests").json().toString())
                    .startsWith("{\"items\":[]");
        }
    }

    @Test
    void anotherCertificateIsNotTrusted() throws Exception {
        PemFiles files = PemFiles.make(folder, "EC");
        PemFiles others = PemFiles.make(Files.createDirectory(folder.resolve("others")), "EC");
        try (Receiver receiver = start(files.certificate(), files.privateKey())) {
            ApiClient client =
                    new ApiClient(ApiAccess.https("127.0.0.1", receiver.port(), CliBench.TOKEN, others.certificate()));
            assertThatThrownBy(() -> client.get("/v1/guests"))
                    .isInstanceOf(CliException.class)
                    .hasMessageContaining("which is not the one in certificate-file");
        }
    }

    @Test
    void aKeyThatCannotBeReadStopsTheStart() throws Exception {
        PemFiles files = PemFiles.make(folder, "EC");
        Path broken = Files.writeString(folder.resolve("broken.key"), "no key at all");
        assertThatThrownBy(() -> start(files.certificate(), broken).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1:0: ");
    }

    private static Receiver start(Path certificate, Path key) {
        ReceiverSettings settings = new ReceiverSettings(
                "127.0.0.1",
                0,
                List.of(),
                List.of(),
                Secret.of(CliBench.TOKEN),
                "home",
                new ReceiverSettings.Transport.Tls(certificate, key));
        return Receiver.start(
                settings, new FakeBerth(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Clock.systemUTC());
    }
}
