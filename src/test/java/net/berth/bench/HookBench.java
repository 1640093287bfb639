package net.berth.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import net.berth.lab.proxmox.SelfSigned;

/** The hookscript alone, from the start of its process to its end, with a receiver that answers at once. */
final class HookBench {
    private static final int ROUNDS = 20;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n{\"nics\":[{\"name\":\"net0\"}]} "
                    .getBytes(StandardCharsets.US_ASCII);

    private HookBench() {}

    static void measure(Table table) {
        SelfSigned certificate = SelfSigned.ofLoopback();
        measure(table, "HTTP", ServerSocketFactory.getDefault(), "", 60);
        String fingerprint = "fingerprint = " + certificate.fingerprint() + "\n";
        measure(table, "HTTPS", certificate.context().getServerSocketFactory(), fingerprint, 120);
    }

    private static void measure(Table table, String scheme, ServerSocketFactory sockets, String more, double most) {
        Series times = new Series();
        try (ServerSocket server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> accept(server));
            Path config = Files.createTempFile("berth-hook", ".conf");
            Files.writeString(
                    config,
                    "url = " + (more.isEmpty() ? "http" : "https") + "://127.0.0.1:" + server.getLocalPort()
                            + "\nsecret = whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\nwait = 20\n" + more);
            run(config);
            for (int i = 0; i < ROUNDS; i++) {
                times.time(() -> run(config));
            }
            Files.delete(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String what = "hookscript alone over " + scheme;
        table.add(Figure.times(what, times, "", "<= " + (int) most + " ms", times.median() <= most));
    }

    private static void run(Path config) {
        ProcessBuilder builder = new ProcessBuilder(List.of("hookscripts/berth-hook", "101", "pre-start"));
        builder.environment().put("BERTH_HOOK_CONF", config.toString());
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || !said.contains("net0")) {
                throw new IllegalStateException("the hookscript says: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            byte[] request = new byte[8192];
            int length = 0;
            // The body is the last thing that comes, and it ends with two braces.
            while (length < 2 || request[length - 1] != '}' || request[length - 2] != '}') {
                int read = socket.getInputStream().read(request, length, request.length - length);
                if (read <= 0) {
                    return;
                }
                length += read;
            }
            socket.getOutputStream().write(ANSWER);
        } catch (IOException gone) {
            // The script says so itself.
        }
    }
}
