package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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
    void theBrowsersSessionIsSentOverHttpsOnly() throws Exception {
        PemFiles files = PemFiles.make(folder, "EC");
        String signIn = "POST /v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
                + "Authorization: Bearer " + CliBench.TOKEN + "\r\n\r\n";
        try (Receiver receiver = start(files.certificate(), files.privateKey());
                Socket socket =
                        trusting(files.certificate()).getSocketFactory().createSocket("127.0.0.1", receiver.port())) {
            socket.getOutputStream().write(signIn.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200")
                    .contains("; HttpOnly; SameSite=Strict; Secure\r\n");
        }
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "own", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
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
                List.of(),
                "home",
                new ReceiverSettings.Transport.Tls(certificate, key));
        return Receiver.start(
                settings, new FakeBerth(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Clock.systemUTC());
    }
}
