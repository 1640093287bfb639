package net.berth.lab.proxmox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;

/** A TLS server that answers whatever a test tells it to, byte for byte: for answers that no sound server gives. */
public final class RawServer implements AutoCloseable {

    /** Writes what goes back; the connection is closed behind it. */
    @FunctionalInterface
    public interface Answer {
        /** Called once for each request. */
        void to(OutputStream out) throws IOException;
    }

    /** Like {@link Answer}, with the request's first line. */
    @FunctionalInterface
    public interface Reply {
        /** Called once for each request. */
        void to(String request, OutputStream out) throws IOException;
    }

    private final SSLServerSocket socket;
    private final AtomicInteger requests = new AtomicInteger();

    private RawServer(SSLServerSocket socket, Reply answer) {
        this.socket = socket;
        Thread.startVirtualThread(() -> accept(answer));
    }

    /** Starts one on 127.0.0.1 with this certificate. */
    public static RawServer start(SelfSigned certificate, Answer answer) {
        return asked(certificate, (request, out) -> answer.to(out));
    }

    /** Like {@link #start}, for an answer that depends on the request. */
    public static RawServer asked(SelfSigned certificate, Reply answer) {
        try {
            return new RawServer(
                    (SSLServerSocket) certificate
                            .context()
                            .getServerSocketFactory()
                            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one that sends a text. */
    public static RawServer sending(SelfSigned certificate, String text) {
        return start(certificate, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void accept(Reply answer) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.startVirtualThread(() -> serve(client, answer));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client, Reply answer) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            String request = in.readLine();
            String line = request;
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            if (line != null) {
                requests.incrementAndGet();
                answer.to(request, client.getOutputStream());
                client.getOutputStream().flush();
            }
        } catch (IOException clientWentAway) {
            // That is what hostile tests are about.
            return;
        }
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("https://127.0.0.1:" + socket.getLocalPort());
    }

    /** How many requests came in whole. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
