package net.berth.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.berth.engine.Berth;
import net.berth.engine.HookAnswer;
import net.berth.engine.HookEvent;
import net.berth.http.guard.AuthFailureLimiter;
import net.berth.http.guard.HookSignature;
import net.berth.http.guard.RefusalLog;
import net.berth.http.json.ConflictJson;
import net.berth.http.json.GuestJson;
import net.berth.http.json.JsonResponses;
import net.berth.http.json.Problem;
import net.berth.http.json.ProblemException;

/**
 * {@code POST /v1/hooks/guest}. Answers: 200 with the settled guest, 202 if the work continues in the background, 204 if the
 * guest is not selected, 409 if the start would bring up another guest's address. Refusals are problems.
 */
final class HookRoutes implements HttpService {
    private static final HeaderName PREFER = HeaderNames.create("prefer");
    private static final HeaderName APPLIED = HeaderNames.create("preference-applied", "Preference-Applied");
    /** For a start whose hook asks for no wait. */
    private static final Duration START_WAIT = Duration.ofSeconds(20);

    private final Berth berth;
    private final HookSignature webhook;
    private final AuthFailureLimiter strangers;
    private final RefusalLog refusals = new RefusalLog();

    HookRoutes(Berth berth, HookSignature webhook, AuthFailureLimiter strangers) {
        this.berth = berth;
        this.webhook = webhook;
        this.strangers = strangers;
    }

    @Override
    public void routing(HttpRules rules) {
        Routes.only(rules, Method.POST, "/guest", this::guest);
    }

    private void guest(ServerRequest request, ServerResponse response) {
        HookEvent event = event(request);
        Optional<Duration> asked = Preference.await(request.headers().all(PREFER, List::of));
        boolean start = event.phase() == HookEvent.Phase.PRE_START;
        Duration wait = asked.orElse(start ? START_WAIT : Duration.ZERO);

        HookAnswer answer = berth.hook(event, wait);
        asked.ifPresent(applied -> response.header(APPLIED, "wait=" + applied.toSeconds()));
        switch (answer) {
            case HookAnswer.Settled settled -> JsonResponses.ok(response, GuestJson.of(settled.report()));
            case HookAnswer.Accepted accepted ->
                response.status(Status.ACCEPTED_202).send();
            case HookAnswer.NotSelected notSelected ->
                response.status(Status.NO_CONTENT_204).send();
            case HookAnswer.Duplicate duplicate ->
                JsonResponses.problem(
                        response,
                        Problem.of(Status.CONFLICT_409, duplicate.reason())
                                .named("duplicate-address")
                                .with("guest", duplicate.report().guest().id().toString())
                                .with(
                                        "conflicts",
                                        ConflictJson.of(duplicate.report().conflicts())));
        }
    }

    private HookEvent event(ServerRequest request) {
        byte[] body = RequestFilter.body(request);
        try {
            webhook.check(request.headers(), body);
            return HookBody.parse(body);
        } catch (ProblemException e) {
            refusals.note(request.remotePeer().host(), e.problem());
            throw strangers.refused(request.remotePeer().host(), e);
        }
    }
}
