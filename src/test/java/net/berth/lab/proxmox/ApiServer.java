package net.berth.lab.proxmox;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.berth.model.GuestType;

/** The HTTPS server: token, routing, answers and errors in the form of the real one. */
final class ApiServer implements AutoCloseable {
    private static final String BASE = "/api2/json";
    private final PveCluster cluster;
    private final GuestApi guests;
    private final ClusterApi clusterApi;
    private final String authorization;
    private final Faults faults;
    private final Queue<ApiRequest> seen = new ConcurrentLinkedQueue<>();
    private final WebServer server;

    ApiServer(
            PveCluster cluster, GuestApi guests, ClusterApi clusterApi, String authorization, Faults faults, Tls tls) {
        this.cluster = cluster;
        this.guests = guests;
        this.clusterApi = clusterApi;
        this.authorization = authorization;
        this.faults = faults;
        this.server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .tls(tls)
                .routing(routing -> routing.any(this::handle))
                .build()
                .start();
    }

    int port() {
        return server.port();
    }

    List<ApiRequest> seen() {
        return List.copyOf(seen);
    }

    private void handle(ServerRequest request, ServerResponse response) {
        try {
            if (!request.headers().first(HeaderNames.AUTHORIZATION).orElse("").equals(authorization)) {
                pause();
                response.status(Status.create(401, "No ticket")).send();
                return;
            }
            ApiRequest call = read(request);
            seen.add(call);
            faults.before(call);
            Optional<Object> data = route(call);
            faults.done(call);
            if (faults.losesReply(call)) {
                throw new CloseConnectionException("the reply is lost");
            }
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("data", data.orElse(null));
            String text = Bodies.write(body);
            json(response, Status.OK_200, faults.halves(call) ? text.substring(0, text.length() / 2) : text);
        } catch (ApiFailure failure) {
            fail(response, failure);
        }
    }

    /** The real server lets a bad token wait. */
    private void pause() {
        try {
            boolean never = new CountDownLatch(1)
                    .await(cluster.options.timings().refused().toMillis(), TimeUnit.MILLISECONDS);
            assert !never;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ApiRequest read(ServerRequest request) {
        String path = request.path().path();
        if (!path.startsWith(BASE + "/")) {
            throw ApiFailure.status(501, "no such file '" + path + "'");
        }
        String method = request.prologue().method().text();
        boolean json = request.headers()
                .contentType()
                .map(type -> type.text().startsWith("application/json"))
                .orElse(false);
        Map<String, String> parameters;
        if (method.equals("GET")) {
            parameters = Bodies.form(request.query().rawValue());
        } else {
            String body = request.content().hasEntity() ? request.content().as(String.class) : "";
            parameters = json ? Bodies.json(body) : Bodies.form(body);
        }
        return new ApiRequest(method, path.substring(BASE.length()), parameters);
    }

    private Optional<Object> route(ApiRequest call) {
        String[] parts = call.path().substring(1).split("/", 5);
        if (parts.length == 5 && parts[0].equals("nodes") && parts[3].matches("\\d{1,9}")) {
            Optional<GuestType> type = ClusterApi.type(parts[2]);
            if (type.isPresent()) {
                return guests.call(call, parts[1], type.get(), Integer.parseInt(parts[3]), parts[4]);
            }
        }
        if (!call.method().equals("GET")) {
            throw GuestApi.notImplemented(call);
        }
        return Optional.of(read(call, parts));
    }

    private Object read(ApiRequest call, String[] parts) {
        return switch (call.path()) {
            case "/version" -> clusterApi.version();
            case "/cluster/resources" -> clusterApi.resources();
            case "/cluster/status" -> clusterApi.status();
            case "/cluster/nextid" -> clusterApi.nextId();
            case "/nodes" -> clusterApi.nodes();
            case "/access/permissions" -> clusterApi.permissions(call);
            default -> ofNode(call, parts);
        };
    }

    private Object ofNode(ApiRequest call, String[] parts) {
        if (!parts[0].equals("nodes") || parts.length < 3) {
            throw GuestApi.notImplemented(call);
        }
        String rest = String.join("/", List.of(parts).subList(2, parts.length));
        if (rest.matches("qemu|lxc")) {
            return clusterApi.guestsOf(parts[1], GuestType.of(rest));
        }
        if (rest.equals("tasks")) {
            return clusterApi.tasks(call, parts[1]);
        }
        if (parts.length == 5 && parts[2].equals("tasks")) {
            return parts[4].equals("log")
                    ? clusterApi.taskLog(parts[1], parts[3])
                    : clusterApi.taskStatus(parts[1], parts[3]);
        }
        throw GuestApi.notImplemented(call);
    }

    private void fail(ServerResponse response, ApiFailure failure) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("data", null);
        if (!failure.errors().isEmpty()) {
            body.put("errors", failure.errors());
        }
        if (cluster.options.version().messageInBody()) {
            body.put("message", failure.getMessage() + "\n");
        }
        json(
                response,
                Status.create(
                        failure.status(),
                        failure.getMessage().lines().findFirst().orElse("")),
                Bodies.write(body));
    }

    private static void json(ServerResponse response, Status status, String body) {
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8")
                .send(body);
    }

    @Override
    public void close() {
        server.stop();
    }
}
