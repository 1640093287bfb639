package net.berth.http;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.berth.engine.Berth;
import net.berth.engine.SyncOptions;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.http.guard.BearerToken;
import net.berth.http.json.ChangeJson;
import net.berth.http.json.GuestJson;
import net.berth.http.json.ImportJson;
import net.berth.http.json.JsonResponses;
import net.berth.http.json.LeaseJson;
import net.berth.http.json.NetworkJson;
import net.berth.http.json.PassJson;
import net.berth.http.json.Problem;
import net.berth.http.json.ProblemException;
import net.berth.plan.Change;

/** The API under {@code /v1}: what guests, plan and conflicts there are, and re-sync. Needs the token. */
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
        Routes.only(
                rules,
                Method.GET,
                "/guests",
                (request, response) -> JsonResponses.ok(response, guests(fresh(request))));
        Routes.only(
                rules,
                Method.GET,
                "/guests/{vmid}",
                (request, response) -> JsonResponses.ok(
                        response, GuestJson.of(found(vmid(request), berth.guest(vmid(request), fresh(request))))));
        Routes.only(rules, Method.POST, "/guests/{vmid}/sync", this::syncOne);
        Routes.only(
                rules,
                Method.GET,
                "/networks",
                (request, response) -> JsonResponses.ok(response, networks(fresh(request))));
        Routes.only(rules, Method.POST, "/sync", this::syncAll);
        Routes.only(
                rules,
                Method.POST,
                "/import",
                (request, response) ->
                        JsonResponses.ok(response, ImportJson.of(berth.importMappings(dryRunOnly(request.query())))));
        Routes.only(
                rules,
                Method.POST,
                "/guests/{vmid}/release",
                (request, response) ->
                        release(request, response, dryRun -> berth.release(Set.of(vmid(request)), dryRun)));
        Routes.only(
                rules, Method.POST, "/release", (request, response) -> release(request, response, berth::releaseAll));
        Routes.only(
                rules,
                Method.GET,
                "/plan",
                (request, response) -> JsonResponses.ok(response, PassJson.plan(berth.plan())));
        Routes.only(
                rules,
                Method.GET,
                "/leases",
                (request, response) -> JsonResponses.ok(response, LeaseJson.Items.of(berth.leases(fresh(request)))));
        Routes.only(
                rules,
                Method.GET,
                "/conflicts",
                (request, response) ->
                        JsonResponses.ok(response, PassJson.onlyConflicts(berth.overview(fresh(request)))));
    }

    private Items guests(boolean fresh) {
        PassReport report = berth.overview(fresh);
        return new Items(
                report.guests().stream().map(GuestJson::of).toList(),
                report.asOf().toString());
    }

    private Networks networks(boolean fresh) {
        return new Networks(berth.networks(fresh).stream().map(NetworkJson::of).toList());
    }

    private static boolean fresh(ServerRequest request) {
        return flags(request.query(), List.of(FRESH)).contains(FRESH);
    }

    private void syncOne(ServerRequest request, ServerResponse response) {
        int vmid = vmid(request);
        SyncOptions order = order(request.query());
        GuestReport report = found(vmid, berth.sync(vmid, order));
        JsonResponses.ok(response, order.dryRun() ? PassJson.plan(report) : GuestJson.of(report));
    }

    private void syncAll(ServerRequest request, ServerResponse response) {
        SyncOptions order = order(request.query());
        PassReport report = berth.sync(order);
        JsonResponses.ok(response, order.dryRun() ? PassJson.plan(report) : PassJson.pass(report));
    }

    private interface Release {
        List<Change> run(boolean dryRun);
    }

    private static void release(ServerRequest request, ServerResponse response, Release release) {
        List<ChangeJson> changes = release.run(dryRunOnly(request.query())).stream()
                .map(change -> ChangeJson.of(change, ""))
                .toList();
        JsonResponses.ok(response, new Changes(changes));
    }

    private static int vmid(ServerRequest request) {
        return Vmid.parse(request.path().pathParameters().get("vmid"));
    }

    private static GuestReport found(int vmid, Optional<GuestReport> report) {
        return report.orElseThrow(
                () -> new ProblemException(Problem.of(Status.NOT_FOUND_404, "Proxmox shows no guest " + vmid + ".")
                        .named("no-guest")));
    }

    private static SyncOptions order(UriQuery query) {
        Set<String> flags = flags(query, List.of(DRY_RUN, WRITE_BACK));
        return new SyncOptions(flags.contains(DRY_RUN), flags.contains(WRITE_BACK));
    }

    private static boolean dryRunOnly(UriQuery query) {
        return flags(query, List.of(DRY_RUN)).contains(DRY_RUN);
    }

    /** The flags that are true. An unknown parameter is refused: a mistyped dry run must not become a real one. */
    private static Set<String> flags(UriQuery query, List<String> allowed) {
        Set<String> unknown = new TreeSet<>(query.names());
        allowed.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new ProblemException(Problem.of(
                    Status.BAD_REQUEST_400,
                    "Not understood: " + String.join(", ", unknown) + "; allowed: "
                            + String.join(
                                    ", ",
                                    allowed.stream().map(word -> word + "=true").toList()) + "."));
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
            throw new ProblemException(
                    Problem.of(Status.BAD_REQUEST_400, name + ": found " + values + "; allowed: true or false, once."));
        }
        return values.contains("true");
    }

    private record Networks(List<NetworkJson> items) {}

    private record Items(List<GuestJson> items, String asOf) {}

    private record Changes(List<ChangeJson> items) {}
}
