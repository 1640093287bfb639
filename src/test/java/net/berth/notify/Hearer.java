package net.berth.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Somebody who listens for events on the loopback; answers 204 unless told otherwise. */
final class Hearer implements AutoCloseable {
    final List<Message> heard = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Answer> answers = new ArrayDeque<>();

    record Message(String path, Map<String, String> headers, String body) {
        String id() {
            return headers.getOrDefault("webhook-id", "");
        }
    }

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private Hearer(HttpServer server, String scheme) throws IOException {
        this.server = server;
        this.scheme = scheme;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::hear);
        server.setExecutor(threads);
        server.start();
    }

    static Hearer plain() {
        try {
            return new Hearer(HttpServer.create(), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Hearer tls(SSLContext context) {
        try {
            HttpsServer server = HttpsServer.create();
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return new Hearer(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/hooks/token-in-the-path?a=b");
    }

    /** The next request gets this status. */
    Hearer answers(int status) {
        return answers(exchange -> exchange.sendResponseHeaders(status, -1));
    }

    Hearer answers(int status, String header, String value) {
        return answers(exchange -> {
            exchange.getResponseHeaders().set(header, value);
            exchange.sendResponseHeaders(status, -1);
        });
    }

    synchronized Hearer answers(Answer answer) {
        answers.add(answer);
        return this;
    }

    private synchronized Answer next() {
        Answer answer = answers.poll();
        return answer == null ? exchange -> exchange.sendResponseHeaders(204, -1) : answer;
    }

    private void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        heard.add(new Message(exchange.getRequestURI().toString(), headers, body));
        next().to(exchange);
        exchange.close();
    }

    List<String> ids() {
        return heard.stream().map(Message::id).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
