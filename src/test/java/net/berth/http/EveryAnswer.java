package net.berth.http;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.berth.engine.HookAnswer;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.report.Health;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.PassSteps;
import net.berth.engine.status.Event;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;

/** One request for each answer that the API's document names. */
record EveryAnswer(String method, String target, int status, Situation situation, HookCall hook) {
    private static final Map<String, String> PATHS = Map.ofEntries(
            entry("GET /v1/guests", "fresh"),
            entry("GET /v1/guests/101", "vmid fresh"),
            entry("POST /v1/guests/101/sync", "vmid order"),
            entry("POST /v1/guests/101/release", "vmid-gone order"),
            entry("POST /v1/sync", "order"),
            entry("POST /v1/import", "order"),
            entry("POST /v1/release", "order"),
            entry("GET /v1/plan", ""),
            entry("GET /v1/conflicts", "fresh"),
            entry("GET /v1/networks", "fresh"),
            entry("GET /v1/leases", "fresh"));

    /** What the world is like. */
    enum Situation {
        ALL_IS_WELL,
        NO_TOKEN,
        READ_TOKEN,
        PEER_DOWN,
        NOT_SELECTED,
        DUPLICATE,
        SETTLED,
        ALL_PLACES_TAKEN,
        FAULT
    }

    record Answer(int status, String contentType, String body) {}

    static List<EveryAnswer> all() {
        List<EveryAnswer> all = new ArrayList<>();
        PATHS.forEach((route, kinds) -> {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1);
            all.add(of(method, path, 200, Situation.ALL_IS_WELL));
            all.add(of(method, path, 401, Situation.NO_TOKEN));
            all.add(of(method, path, 503, Situation.PEER_DOWN));
            all.add(of(method, path, 500, Situation.FAULT));
            all.add(of("DELETE", path, 405, Situation.ALL_IS_WELL));
            if (kinds.contains("vmid")) {
                all.add(of(method, path.replace("101", "0101"), 400, Situation.ALL_IS_WELL));
            }
            if (kinds.startsWith("vmid") && !kinds.contains("gone")) {
                all.add(of(method, path.replace("101", "999"), 404, Situation.ALL_IS_WELL));
            }
            if (kinds.contains("fresh")) {
                all.add(of(method, path + "?fresh=true", 200, Situation.ALL_IS_WELL));
                all.add(of(method, path + "?frsh=true", 400, Situation.ALL_IS_WELL));
            }
            if (kinds.contains("order")) {
                all.add(of(method, path, 403, Situation.READ_TOKEN));
                all.add(of(method, path + "?dry-run=true", 200, Situation.READ_TOKEN));
                all.add(of(method, path + "?dry-run=true", 200, Situation.ALL_IS_WELL));
                all.add(of(method, path + "?dryrun=true", 400, Situation.ALL_IS_WELL));
            }
        });
        all.add(of("GET", "/v1/session", 200, Situation.ALL_IS_WELL));
        all.add(of("GET", "/v1/session", 401, Situation.NO_TOKEN));
        all.add(of("POST", "/v1/session", 200, Situation.ALL_IS_WELL));
        all.add(of("POST", "/v1/session", 401, Situation.NO_TOKEN));
        all.add(of("DELETE", "/v1/session", 204, Situation.NO_TOKEN));
        all.add(of("GET", "/v1/events", 200, Situation.ALL_IS_WELL));
        all.add(of("GET", "/v1/events", 401, Situation.NO_TOKEN));
        all.add(of("GET", "/v1/events", 503, Situation.ALL_PLACES_TAKEN));
        all.add(of("GET", "/observe/health", 200, Situation.ALL_IS_WELL));
        all.add(of("GET", "/observe/health", 503, Situation.PEER_DOWN));
        all.add(of("GET", "/observe/metrics", 200, Situation.ALL_IS_WELL));
        all.add(of("GET", "/", 200, Situation.NO_TOKEN));
        all.add(of("GET", "/openapi.yaml", 200, Situation.NO_TOKEN));
        all.add(of("GET", "/page/main.js", 200, Situation.NO_TOKEN));
        all.add(of("GET", "/page/page.css", 200, Situation.NO_TOKEN));
        all.add(of("GET", "/page/icon.svg", 200, Situation.NO_TOKEN));
        all.add(of("GET", "/page/none.js", 404, Situation.NO_TOKEN));
        hooks(all);
        return all;
    }

    private static void hooks(List<EveryAnswer> all) {
        HookCall start = HookCall.phase("pre-start");
        all.add(hook(200, Situation.SETTLED, start));
        all.add(hook(202, Situation.ALL_IS_WELL, start));
        all.add(hook(204, Situation.NOT_SELECTED, start));
        all.add(hook(400, Situation.ALL_IS_WELL, HookCall.body("{}")));
        all.add(hook(401, Situation.ALL_IS_WELL, start.secret("0123456789abcdef0123456789abcdeX")));
        all.add(hook(409, Situation.DUPLICATE, start));
        all.add(hook(413, Situation.ALL_IS_WELL, HookCall.body(" ".repeat(20_000))));
        all.add(hook(503, Situation.PEER_DOWN, start));
        all.add(hook(500, Situation.FAULT, start));
    }

    private static EveryAnswer of(String method, String target, int status, Situation situation) {
        return new EveryAnswer(method, target, status, situation, HookCall.body(""));
    }

    private static EveryAnswer hook(int status, Situation situation, HookCall call) {
        return new EveryAnswer("POST", "/v1/hooks/guest", status, situation, call);
    }

    /** The method that the document knows for the path: a wrong method is judged by the right one's default. */
    String documented() {
        if (status != 405) {
            return method;
        }
        return PATHS.containsKey("GET " + target) ? "GET" : "POST";
    }

    Answer ask(Bench bench) {
        arrange(bench.berth);
        if (target.equals("/v1/events")) {
            return stream(bench);
        }
        HttpRequest.Builder request = bench.request(target);
        boolean hooks = target.startsWith("/v1/hooks");
        if (situation != Situation.NO_TOKEN && !hooks) {
            String token = situation == Situation.READ_TOKEN ? Bench.READ_TOKEN : Bench.TOKEN;
            request.header("Authorization", "Bearer " + token);
        }
        var answer = bench.send(hooks ? hook.on(request) : request.method(method, HttpRequest.BodyPublishers.noBody()));
        return new Answer(
                answer.statusCode(), answer.headers().firstValue("content-type").orElse(""), answer.body());
    }

    private void arrange(FakeBerth berth) {
        berth.guests.addAll(List.of(
                Reports.settled(),
                Reports.conflict(Reports.NAME_TAKEN),
                Reports.pending(),
                Reports.held(),
                Reports.claimed(),
                Reports.failing(),
                Reports.unmanaged()));
        berth.networks.add(Reports.network("lan", Reports.READ));
        berth.leases.add(lease(LeaseReport.Source.LEASE, Instant.parse("2026-11-21T10:00:00Z")));
        berth.leases.add(lease(LeaseReport.Source.ARP, Instant.MIN));
        switch (situation) {
            case PEER_DOWN -> {
                berth.fails(new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "the router does not answer"));
                berth.feels(new Health(
                        List.of(new Health.PeerHealth(Peer.ROUTER, false, Instant.EPOCH, "it does not answer")),
                        Instant.EPOCH,
                        List.of(new Health.PassHealth(PassSteps.Part.MENDING, 1, 4)),
                        List.of()));
            }
            case FAULT -> berth.fails(new IllegalStateException("the inside"));
            case SETTLED -> berth.answers(() -> new HookAnswer.Settled(Reports.settled()));
            case NOT_SELECTED -> berth.answers(HookAnswer.NotSelected::new);
            case DUPLICATE ->
                berth.answers(() ->
                        new HookAnswer.Duplicate(Reports.conflict(Reports.ADDRESS_TAKEN), "192.168.1.20 is web's"));
            case ALL_IS_WELL, NO_TOKEN, READ_TOKEN, ALL_PLACES_TAKEN -> {}
        }
    }

    private static LeaseReport lease(LeaseReport.Source source, Instant expires) {
        return new LeaseReport(
                IpAddress.parse("192.168.1.230"),
                MacAddress.parse("00:00:5E:00:53:07"),
                source,
                expires,
                Duration.ofHours(1),
                "lan",
                "phone",
                List.of(),
                "",
                "");
    }

    /** Reads until the first event, or to the end of an error. */
    private Answer stream(Bench bench) {
        List<Socket> others = new ArrayList<>();
        try {
            for (int i = 0; situation == Situation.ALL_PLACES_TAKEN && i < 2; i++) {
                Socket other = follow(bench, "");
                others.add(other);
                upTo(other, ":berth");
            }
            bench.berth.events.add(new Event.SystemUp(Peer.NIPAP));
            try (Socket socket = follow(bench, "Last-Event-ID: forgotten\r\n")) {
                String text = upTo(socket, status == 200 ? "system.up\",\"subject" : "\"detail\":");
                return new Answer(
                        Integer.parseInt(text.substring(9, 12)),
                        text.replaceFirst("(?si).*?content-type: *([^\\r\\n;]*).*", "$1"),
                        text.substring(text.indexOf("\r\n\r\n") + 4));
            } finally {
                for (Socket other : others) {
                    other.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket follow(Bench bench, String more) throws IOException {
        Socket socket = bench.connect();
        String token = situation == Situation.NO_TOKEN ? "" : "Authorization: Bearer " + Bench.TOKEN + "\r\n";
        socket.getOutputStream()
                .write(("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n" + token + more + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String upTo(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000 && !text.toString().contains(end); i++) {
            byte[] part = new byte[4096];
            int read = socket.getInputStream().read(part);
            if (read < 0) {
                break;
            }
            text.append(new String(part, 0, read, StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
