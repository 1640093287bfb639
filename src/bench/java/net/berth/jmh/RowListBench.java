package net.berth.jmh;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.lab.nipap.LabNipap;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.nipap.NipapIpam;
import net.berth.nipap.xmlrpc.CannedServer;
import net.berth.nipap.xmlrpc.Settings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** NIPAP's list of 10,000 rows, 26 MB of XML, from a server that only sends the bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RowListBench {
    private static final int ROWS = 10_000;
    private static final Prefix PREFIX = Prefix.parse("10.10.0.0/18");
    private static final Pattern METHOD = Pattern.compile("<methodName>(\\w+)</methodName>");
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private CannedServer server;
    private NipapIpam ipam;

    /** Records the answers of the lab's NIPAP. */
    @Setup
    public void record() throws IOException, InterruptedException {
        try (LabNipap nipap = LabNipap.start();
                NipapIpam asking = new NipapIpam(Settings.of(nipap.url()));
                HttpClient client = HttpClient.newHttpClient()) {
            nipap.addAssignment(PREFIX.toString(), "many guests");
            for (int i = 0; i < ROWS; i++) {
                nipap.addHost("10.10.%d.%d".formatted(1 + i / 200, 1 + i % 200), row(i));
            }
            asking.rowsIn(PREFIX);
            String user = LabNipap.USER + ":" + LabNipap.PASSWORD;
            String basic = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.US_ASCII));
            for (byte[] request : List.copyOf(nipap.requests())) {
                HttpRequest again = HttpRequest.newBuilder(nipap.url())
                        .header("Content-Type", "text/xml")
                        .header("Authorization", "Basic " + basic)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build();
                byte[] answer = client.send(again, HttpResponse.BodyHandlers.ofByteArray())
                        .body();
                answers.put(method(new String(request, StandardCharsets.UTF_8)), answer);
            }
        }
        server = CannedServer.asked(this::replay);
        ipam = new NipapIpam(Settings.of(server.url()));
    }

    private static Map<String, ?> row(int i) {
        return Map.of(
                "authoritative_source", "berth",
                "external_key", "pve:home:lxc:" + (100 + i) + ":net0",
                "node", "g" + i,
                "description", "g" + i + ".home.lan",
                "status", "reserved",
                "tags", List.of("berth"),
                "avps", Map.of("berth-mac", "BC:24:11:00:%02X:%02X".formatted(i / 256, i % 256)));
    }

    private static String method(String request) {
        Matcher matcher = METHOD.matcher(request);
        if (!matcher.find()) {
            throw new IllegalStateException(request);
        }
        return matcher.group(1);
    }

    private void replay(String request, OutputStream out) throws IOException {
        byte[] answer = answers.get(method(request));
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: " + answer.length
                + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(answer);
    }

    /** The rows of a network. */
    @Benchmark
    public List<AddressRow> rows() {
        List<AddressRow> rows = ipam.rowsIn(PREFIX);
        if (rows.size() != ROWS) {
            throw new IllegalStateException(rows.size() + " rows");
        }
        return rows;
    }

    /** Ends both sides. */
    @TearDown
    public void close() {
        ipam.close();
        server.close();
    }
}
