package net.berth.nipap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.berth.nipap.xmlrpc.CannedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers as large as anybody with write access to NIPAP can make them do not end a JVM with the heap of the package. */
@Timeout(240)
class BigAnswerTest {
    /** As {@code src/main/dist/bin/berth} has it. */
    private static final String HEAP = "-Xmx160m";

    @Test
    void eightRowsOfFourMegabytesAreCut(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(answered(folder, 8, 4 << 20)).contains("alive, rows: 8");
    }

    @Test
    void manyRowsThatAreAllAsLongAsTheyMayBeAreRefused(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(answered(folder, 250, 64_000)).contains("characters of text", "alive, rows: 0");
    }

    @Test
    void asMuchTextAsIsAcceptedFitsTwice(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(answered(folder, 180, 64_000)).contains("alive, rows: 180");
    }

    @Test
    void anAnswerBeyondTheLimitIsRefusedWhileItArrives(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(answered(folder, 40, 4 << 20)).contains("longer than", "alive, rows: 0");
    }

    private static String answered(Path folder, int rows, int text) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        try (CannedServer server = CannedServer.asked((request, out) -> answer(request, out, rows, text))) {
            Process asking = jvm(server.url(), output);
            boolean ended = asking.waitFor(120, TimeUnit.SECONDS);
            asking.destroyForcibly();
            String told = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as(told).isTrue();
            assertThat(asking.exitValue()).as(told).isZero();
            return told;
        }
    }

    private static Process jvm(URI nipap, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AskAgain.class.getName(),
                        nipap.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static void answer(String request, OutputStream out, int rows, int text) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n");
        if (request.contains("list_vrf")) {
            write(out, RowXml.VRFS);
            return;
        }
        String[] halves = RowXml.answer("|").split("\\|", -1);
        write(out, halves[0]);
        byte[] letters = "x".repeat(1 << 10).getBytes(StandardCharsets.US_ASCII);
        for (int row = 0; row < rows; row++) {
            String[] around = RowXml.row(row + 1, "|").split("\\|", -1);
            write(out, around[0]);
            for (int sent = 0; sent < text; sent += letters.length) {
                out.write(letters);
            }
            write(out, around[1]);
        }
        write(out, halves[1]);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
