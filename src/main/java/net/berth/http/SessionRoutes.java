package net.berth.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import net.berth.http.guard.BearerToken;
import net.berth.http.guard.Session;
import net.berth.http.json.Json;
import net.berth.http.json.SessionJson;

/** {@code /v1/session}: a browser shows a token once, and a cookie stands for it until it expires or the user signs out. */
final class SessionRoutes implements HttpService {
    private final Session session;
    private final BearerToken token;

    SessionRoutes(Session session, BearerToken token) {
        this.session = session;
        this.token = token;
    }

    @Override
    public void routing(HttpRules rules) {
        Routes.only(
                rules, "/session", Map.of(Method.GET, this::show, Method.POST, this::begin, Method.DELETE, this::end));
    }

    private void show(ServerRequest request, ServerResponse response) {
        Session.Rights rights = token.rights(request).orElseThrow(() -> token.refused(request));
        Json.ok(response, SessionJson.of(rights.access().word(), rights.expires()));
    }

    /** A session begins with a token only, so that one session cannot prolong itself. */
    private void begin(ServerRequest request, ServerResponse response) {
        Session.Rights rights = session.begin(token.access(request).orElseThrow(() -> token.refused(request)));
        response.header(HeaderNames.SET_COOKIE, session.cookie(request, rights));
        Json.ok(response, SessionJson.of(rights.access().word(), rights.expires()));
    }

    private void end(ServerRequest request, ServerResponse response) {
        response.status(Status.NO_CONTENT_204)
                .header(HeaderNames.SET_COOKIE, session.end(request))
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send();
    }
}
