package net.berth.lab.nipap;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** XML-RPC over HTTP as Tornado and Flask answer it: every outcome is 200, but for a wrong path or verb. */
final class NipapHttp {
    /** Flask-Compress leaves shorter bodies as they are. */
    private static final int GZIP_FROM = 500;

    private final AtomicInteger packed = new AtomicInteger();
    private final Processes processes;
    private final Methods methods;
    private final Consumer<byte[]> recorder;
    private volatile Duration latency = Duration.ZERO;

    NipapHttp(Processes processes, Methods methods, Consumer<byte[]> recorder) {
        this.processes = processes;
        this.methods = methods;
        this.recorder = recorder;
    }

    /** The way there and back takes so long, without keeping a process busy. */
    void latency(Duration both) {
        latency = both;
    }

    int packed() {
        return packed.get();
    }

    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            LockSupport.parkNanos(latency.toNanos());
            String path = exchange.getRequestURI().getPath();
            if (!path.equals("/XMLRPC") && !path.equals("/RPC2")) {
                send(exchange, 404, "<!doctype html><title>404 Not Found</title>");
            } else if (!exchange.getRequestMethod().equals("POST")) {
                send(exchange, 405, "<!doctype html><title>405 Method Not Allowed</title>");
            } else {
                send(exchange, 200, answer(exchange, body));
            }
        } catch (Mishaps.Silence silence) {
            // Closing the exchange without headers closes the connection.
            exchange.close();
        }
    }

    private String answer(HttpExchange exchange, byte[] body) {
        recorder.accept(body);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        boolean form = type == null || type.startsWith("application/x-www-form-urlencoded");
        try {
            // Flask has eaten a form's body before XML-RPC sees it.
            Wire.Call call = Wire.readCall(form ? new byte[0] : body);
            Object value =
                    processes.run(exchange.getRemoteAddress(), users -> methods.call(call, users, authorization));
            return Wire.answer(value);
        } catch (Fault fault) {
            return Wire.fault(fault.code(), fault.text());
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            return Wire.fault(1, "<class 'TypeError'>:" + e.getMessage());
        }
    }

    private void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", status == 200 ? "text/xml; charset=utf-8" : "text/html");
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip") && bytes.length >= GZIP_FROM) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            bytes = gzip(bytes);
            packed.incrementAndGet();
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
