package net.berth.http;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import net.berth.engine.Berth;
import net.berth.engine.SyncOptions;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.http.guard.BearerToken;
import net.berth.http.json.GuestJson;
import net.berth.http.json.Json;
import net.berth.http.json.NetworkJson;
import net.berth.http.json.PassJson;
import net.berth.http.json.Problem;

/** The API under {@code /v1}: guests, networks, leases, conflicts and the plan; sync, import and release. Needs the token. */
final class ApiRoutes implements HttpService {
    private static final String FRESH = "fresh";
    private static final String DRY_RUN = "dry-run";
    private static final String WRITE_BACK = "write-back";

    private final Berth berth;
    private final BearerToken token;
    private final EventRoutes events;

    ApiRoutes(Berth berth, BearerToken token, EventRoutes events) {
        this.berth = berth;
        this.token = token;
        this.events = events;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.any(token);
        events.routing(rules);
        get(rules, "/guests", request -> GuestJson.all(berth.overview(fresh(request))));
        get(
                rules,
                "/guests/{vmid}",
                request -> GuestJson.of(found(vmid(request), berth.guest(vmid(request), fresh(request)))));
        get(rules, "/networks", request -> NetworkJson.all(berth.networks(fresh(request))));
        get(rules, "/leases", request -> NetworkJson.leases(berth.leases(fresh(request))));
        get(rules, "/conflicts", request -> PassJson.onlyConflicts(berth.overview(fresh(request))));
        get(rules, "/plan", request -> PassJson.plan(berth.plan()));
        post(rules, "/guests/{vmid}/sync", this::syncOne);
        post(rules, "/sync", this::syncAll);
        post(rules, "/import", request -> PassJson.imported(berth.importMappings(dryRunOnly(request))));
        post(
                rules,
                "/guests/{vmid}/release",
                request -> PassJson.released(berth.release(Set.of(vmid(request)), dryRunOnly(request))));
        post(rules, "/release", request -> PassJson.released(berth.releaseAll(dryRunOnly(request))));
    }

    private static void get(HttpRules rules, String path, Function<ServerRequest, Object> answer) {
        only(rules, Method.GET, path, answer);
    }

    private static void post(HttpRules rules, String path, Function<ServerRequest, Object> answer) {
        only(rules, Method.POST, path, answer);
    }

    private static void only(HttpRules rules, Method method, String path, Function<ServerRequest, Object> answer) {
        Routes.only(rules, method, path, (request, response) -> Json.ok(response, answer.apply(request)));
    }

    /** Whether the systems are read before the answer. Without that, the answer is as last seen and costs no call. */
    private static boolean fresh(ServerRequest request) {
        return flags(request.query(), List.of(FRESH)).contains(FRESH);
    }

    private Object syncOne(ServerRequest request) {
        int vmid = vmid(request);
        SyncOptions options = options(request);
        GuestReport report = found(vmid, berth.sync(vmid, options));
        return options.dryRun() ? PassJson.plan(report) : GuestJson.of(report);
    }

    private Object syncAll(ServerRequest request) {
        SyncOptions options = options(request);
        PassReport report = berth.sync(options);
        return options.dryRun() ? PassJson.plan(report) : PassJson.pass(report);
    }

    private static int vmid(ServerRequest request) {
        String text = request.path().pathParameters().get("vmid");
        if (!HookBody.VMID.matcher(text).matches()) {
            throw Problem.of(
                    Status.BAD_REQUEST_400, "\"" + text + "\" is not a VMID; allowed: " + HookBody.VMIDS + ".");
        }
        return Integer.parseInt(text);
    }

    private static GuestReport found(int vmid, Optional<GuestReport> report) {
        return report.orElseThrow(() -> Problem.of(Status.NOT_FOUND_404, "Proxmox shows no guest " + vmid + ".")
                .named("no-guest"));
    }

    private static SyncOptions options(ServerRequest request) {
        Set<String> flags = flags(request.query(), List.of(DRY_RUN, WRITE_BACK));
        return new SyncOptions(flags.contains(DRY_RUN), flags.contains(WRITE_BACK));
    }

    private static boolean dryRunOnly(ServerRequest request) {
        return flags(request.query(), List.of(DRY_RUN)).contains(DRY_RUN);
    }

    /**
     * The flags that are true. An unknown parameter is refused, because a mistyped {@code dry-run} must not become a run
     * that writes.
     */
    private static Set<String> flags(UriQuery query, List<String> allowed) {
        Set<String> unknown = new TreeSet<>(query.names());
        allowed.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw Problem.of(
                    Status.BAD_REQUEST_400,
                    "Not understood: " + String.join(", ", unknown) + "; allowed: " + String.join("=true, ", allowed)
                            + "=true.");
        }
        Set<String> flags = new TreeSet<>(allowed);
        flags.removeIf(name -> !flag(query, name));
        return flags;
    }

    private static boolean flag(UriQuery query, String name) {
        if (!query.names().contains(name)) {
            return false;
        }
        List<String> values = query.all(name, List::of);
        if (!values.equals(List.of("true")) && !values.equals(List.of("false"))) {
            throw Problem.of(Status.BAD_REQUEST_400, name + ": found " + values + "; allowed: true or false, once.");
        }
        return values.contains("true");
    }
}
