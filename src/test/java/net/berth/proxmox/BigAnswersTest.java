package net.berth.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.berth.SmallHeap;
import net.berth.lab.proxmox.RawServer;
import net.berth.lab.proxmox.SelfSigned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers as large as Proxmox can make them, to all calls at once, do not end a JVM with the package's heap. */
@Timeout(240)
class BigAnswersTest {
    private static final int LIST = 8 << 20;
    private static final int ONE = 256 << 10;
    private static final int PIECE = 8 << 10;
    private static final Body NODES = new Body(
            "{\"data\":[",
            "{\"type\":\"node\",\"name\":\"pve1\",\"node\":\"pve1\",\"status\":\"online\",\"online\":1},",
            "{\"type\":\"cluster\",\"quorate\":1}]}",
            PIECE * 2);

    @TempDir
    private Path folder;

    /** An answer: what begins it, what is repeated until it has its size, and what ends it. */
    private record Body(String beginning, String repeated, String end, int size) {
        void write(OutputStream out) throws IOException {
            byte[] piece = repeated.repeat(PIECE / repeated.length()).getBytes(StandardCharsets.UTF_8);
            int pieces = Math.max(0, size - beginning.length() - end.length()) / piece.length;
            int length = beginning.length() + pieces * piece.length + end.length();
            send(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                            + length + "\r\n\r\n" + beginning);
            for (int i = 0; i < pieces; i++) {
                out.write(piece);
            }
            send(out, end);
        }

        private static void send(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String answered(Body list, Body one) throws IOException, InterruptedException {
        SelfSigned certificate = SelfSigned.ofLoopback();
        try (RawServer server = RawServer.asked(certificate, (request, out) -> {
            if (request.contains("/cluster/resources")) {
                list.write(out);
            } else if (request.contains("/api2/json/nodes ") || request.contains("/cluster/status")) {
                NODES.write(out);
            } else {
                one.write(out);
            }
        })) {
            String said = SmallHeap.run(folder, AskProxmox.class, server.url().toString(), certificate.fingerprint());
            return said;
        }
    }

    @Test
    void asMuchAsIsReadOfEachFits() throws IOException, InterruptedException {
        Body list = new Body(
                "{\"data\":[",
                "{\"type\":\"qemu\",\"vmid\":101,\"node\":\"a\"},",
                "{\"type\":\"qemu\",\"vmid\":1,\"node\":\"a\"}]}",
                LIST);
        Body one = new Body("{\"data\":{\"digest\":\"d\",\"x\":[", "{},", "{}]}}", ONE);
        assertThat(answered(list, one)).contains("alive", "more than 20000 lines", "Token count");
    }

    @Test
    void asManyTasksAsAreReadFit() throws IOException, InterruptedException {
        Body list = new Body("{\"data\":[", "{\"type\":\"node\"},", "{}]}", LIST);
        Body one = new Body("{\"data\":[", "{},", "{}]}", ONE);
        assertThat(answered(list, one)).contains("alive");
    }

    @Test
    void wideTextsFitToo() throws IOException, InterruptedException {
        Body list = new Body("{\"data\":[{\"name\":\"", "\u0416", "\"}]}", LIST);
        Body one = new Body("{\"data\":{\"digest\":\"d\",\"name\":\"", "\u0416", "\"}}", ONE);
        assertThat(answered(list, one)).contains("alive");
    }

    @Test
    void endlessAnswersAreRefusedWhileTheyArrive() throws IOException, InterruptedException {
        Body endless = new Body("{\"data\":[", "{\"type\":\"node\"},", "", Integer.MAX_VALUE);
        assertThat(answered(endless, endless)).contains("alive", "longer than " + LIST, "longer than " + ONE);
    }
}
