package net.berth.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.berth.SmallHeap;
import net.berth.nipap.xmlrpc.CannedServer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What webhooks answer, however long, does not end a JVM with the package's heap. */
@Timeout(240)
class BigReplyTest {
    @TempDir
    private Path folder;

    /** Each text is sent, then x without end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 500 ",
                "HTTP/1.1 503 Busy\r\nRetry-After: ",
                "HTTP/1.1 503 Busy\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n"
            })
    void isReadWithinBounds(String beginning) throws IOException, InterruptedException {
        byte[] letters = "x".repeat(64 << 10).getBytes(StandardCharsets.US_ASCII);
        try (CannedServer server = CannedServer.playing(out -> {
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(letters);
            }
        })) {
            String said = SmallHeap.run(folder, AskWebhooks.class, server.url().toString());
            assertThat(said).contains("alive");
        }
    }
}
