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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.engine.Berth;
import net.berth.engine.HookAnswer;
import net.berth.engine.HookEvent;
import net.berth.http.guard.HookSignature;
import net.berth.http.guard.Refusals;
import net.berth.http.json.GuestJson;
import net.berth.http.json.Json;
import net.berth.http.json.Problem;

/**
 * {@code POST /v1/hooks/guest}. Answers: 200 with the settled guest, 202 if the work continues in the background, 204 if the
 * guest is not selected, 409 if the start would bring up another guest's address. Refusals are problems.
 */
final class HookRoutes implements HttpService {
    private static final HeaderName PREFER = HeaderNames.create("prefer");
    private static final HeaderName APPLIED = HeaderNames.create("preference-applied", "Preference-Applied");
    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?:;.*)?");

    /** The longest wait that is granted; more than the hookscript's config allows. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** For a start whose hook asks for no wait. */
    private static final Duration START_WAIT = Duration.ofSeconds(20);

    private final Berth berth;
    private final HookSignature webhook;
    private final Refusals refusals;

    HookRoutes(Berth berth, HookSignature webhook, Refusals refusals) {
        this.berth = berth;
        this.webhook = webhook;
        this.refusals = refusals;
    }

    @Override
    public void routing(HttpRules rules) {
        Routes.only(rules, Method.POST, "/guest", this::guest);
    }

    private void guest(ServerRequest request, ServerResponse response) {
        HookEvent event = event(request);
        Optional<Duration> asked = asked(request.headers().all(PREFER, List::of));
        boolean start = event.phase() == HookEvent.Phase.PRE_START;
        Duration wait = asked.orElse(start ? START_WAIT : Duration.ZERO);

        HookAnswer answer = berth.hook(event, wait);
        asked.ifPresent(applied -> response.header(APPLIED, "wait=" + applied.toSeconds()));
        switch (answer) {
            case HookAnswer.Settled settled -> Json.ok(response, GuestJson.of(settled.report()));
            case HookAnswer.Accepted accepted ->
                response.status(Status.ACCEPTED_202).send();
            case HookAnswer.NotSelected notSelected ->
                response.status(Status.NO_CONTENT_204).send();
            case HookAnswer.Duplicate duplicate ->
                Json.problem(
                        response,
                        Problem.of(Status.CONFLICT_409, duplicate.reason())
                                .named("duplicate-address")
                                .with("guest", duplicate.report().guest().id().toString())
                                .with(
                                        "conflicts",
                                        GuestJson.conflicts(duplicate.report().conflicts())));
        }
    }

    /** {@code Prefer: wait=N} of RFC 7240: at most {@link #LONGEST_WAIT}; empty without one. Anything else is ignored. */
    static Optional<Duration> asked(List<String> prefer) {
        return prefer.stream()
                .flatMap(header -> Pattern.compile(",").splitAsStream(header))
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(wait -> Duration.ofSeconds(Long.parseLong(wait.group(1))))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private HookEvent event(ServerRequest request) {
        byte[] body = RequestFilter.body(request);
        try {
            webhook.check(request.headers(), body);
            return HookBody.parse(body);
        } catch (Problem e) {
            throw refusals.logged(request.remotePeer().host(), e);
        }
    }
}
