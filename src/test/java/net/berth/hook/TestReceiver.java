package net.berth.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A receiver on a raw socket: it keeps every request byte for byte, and answers exactly the bytes it is told to. */
final class TestReceiver implements AutoCloseable {
    /** Writes the answer, as fast or slow or wrong as it likes; the connection is closed after it. */
    interface Reply {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    /** The body is held byte for byte, as ISO 8859-1. */
    record Request(String line, Map<String, String> headers, String body) {}

    private static final int MAX_REQUEST = 1 << 20;

    private final ServerSocket server;
    private final String scheme;
    private final Reply reply;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private TestReceiver(ServerSocketFactory sockets, String scheme, Reply reply) throws IOException {
        this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.scheme = scheme;
        this.reply = reply;
        Thread.ofVirtual().start(this::accept);
    }

    static TestReceiver answering(Reply reply) throws IOException {
        return new TestReceiver(ServerSocketFactory.getDefault(), "http", reply);
    }

    static TestReceiver overTls(ServerSocketFactory sockets, Reply reply) throws IOException {
        return new TestReceiver(sockets, "https", reply);
    }

    /** A whole answer with a body. */
    static Reply answer(int status, String contentType, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 %d Word\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(status, contentType, bytes.length);
        return out -> {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
        };
    }

    static Reply problem(int status, String detail) {
        return answer(status, "application/problem+json", "{\"title\":\"Refused\",\"detail\":\"" + detail + "\"}");
    }

    static Reply nothing(int status) {
        return out -> out.write(("HTTP/1.1 " + status + " Word\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the request and never says a word. */
    static Reply silence() {
        return out -> new java.util.concurrent.CountDownLatch(1).await();
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getLocalPort();
    }

    List<Request> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed, the test is over
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            requests.add(read(socket.getInputStream()));
            reply.to(socket.getOutputStream());
        } catch (IOException | InterruptedException e) {
            open.remove(socket); // the hook has gone away, which some tests are about
        }
    }

    private static Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0 || head.size() > MAX_REQUEST) {
                throw new IOException("not a request: " + head);
            }
            head.write(next);
        }
        var lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
        var headers = new TreeMap<String, String>();
        for (var line : lines.subList(1, lines.size() - 1)) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(lines.getFirst(), headers, new String(body, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
