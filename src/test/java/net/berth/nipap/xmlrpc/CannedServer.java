package net.berth.nipap.xmlrpc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that does to each connection what a test says: bytes on a socket, no protocol in between. */
public final class CannedServer implements AutoCloseable {
    /** What is done with a connection after a request was read whole; the connection is closed afterwards. */
    @FunctionalInterface
    public interface Script {
        void play(OutputStream out) throws IOException;
    }

    /** A script that looks at the request's body. */
    @FunctionalInterface
    public interface Reply {
        void to(String request, OutputStream out) throws IOException;
    }

    /** A request as it came. */
    record Request(String head, String body) {}

    private final ServerSocket listener;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Reply reply;

    private CannedServer(Reply reply) {
        this.reply = reply;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public static CannedServer playing(Script script) {
        return new CannedServer((request, out) -> script.play(out));
    }

    /** Like {@link #playing}, for a script that looks at the request's body. */
    public static CannedServer asked(Reply reply) {
        return new CannedServer(reply);
    }

    /** Answers each request with this body and HTTP 200. */
    static CannedServer answering(String body) {
        return playing(out -> out.write(ok("", body.getBytes(StandardCharsets.UTF_8))));
    }

    public static byte[] ok(String headers, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n" + headers + "Content-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(body);
        return all.toByteArray();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/XMLRPC");
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            Request request = new Request(head, new String(in.readNBytes(length(head)), StandardCharsets.UTF_8));
            requests.add(request);
            reply.to(request.body(), socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The client may hang up on a hostile answer at any time.
            open.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) {
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return 0;
    }
}
