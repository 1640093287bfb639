package net.berth.http.guard;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.berth.http.guard.ApiTokens.Access;
import net.berth.http.json.Problem;
import net.berth.security.TokenProof;

/**
 * Accepts requests with a token of the API (RFC 6750), or with the session of a browser that has shown one. The read-only
 * token is refused for whatever may write.
 */
public final class BearerToken implements Handler {
    private static final String SCHEME = "Bearer ";
    private static final HeaderName CHALLENGE = HeaderNames.create(TokenProof.CHALLENGE);
    private static final String DRY_RUN = "dry-run";
    private static final int MOST_CHALLENGE = 128;

    private final ApiTokens tokens;
    private final Session session;
    private final Refusals refusals;

    public BearerToken(ApiTokens tokens, Session session, Refusals refusals) {
        this.tokens = tokens;
        this.session = session;
        this.refusals = refusals;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Session.Rights rights = rights(request).orElseThrow(() -> refused(request));
        if (rights.access() == Access.READ && !onlyReads(request)) {
            throw readOnly(request);
        }
        response.next();
    }

    /** A method that reads, or a dry run: the routes refuse any other value than true or false, and a second one. */
    private static boolean onlyReads(ServerRequest request) {
        Method method = request.prologue().method();
        return method.equals(Method.GET)
                || method.equals(Method.HEAD)
                || request.query().all(DRY_RUN, List::of).equals(List.of("true"));
    }

    private static Problem readOnly(ServerRequest request) {
        return Problem.of(
                        Status.FORBIDDEN_403,
                        "The token in api-read-token-file may only read; "
                                + request.prologue().method().text() + " "
                                + request.path().absolute().path()
                                + " without dry-run=true needs the token in api-token-file.")
                .header("WWW-Authenticate", "Bearer realm=\"berth\", error=\"insufficient_scope\"");
    }

    /** 401, or 429 after too many of them. */
    public Problem refused(ServerRequest request) {
        boolean shown = !token(request).isEmpty();
        Problem refused = Problem.of(
                        Status.UNAUTHORIZED_401,
                        shown
                                ? "This token is neither the one in api-token-file nor the one in api-read-token-file."
                                : "The header Authorization: Bearer TOKEN is missing; the token is in api-token-file.")
                .header("WWW-Authenticate", "Bearer realm=\"berth\"" + (shown ? ", error=\"invalid_token\"" : ""));
        return refusals.answer(request.remotePeer().host(), refused);
    }

    /** The rights of a request by its token or, without any Authorization, by its session; empty if it has neither. */
    public Optional<Session.Rights> rights(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.AUTHORIZATION)) {
            return session.shownBy(request);
        }
        return access(request).map(Session.Rights::ofToken);
    }

    /** What the token allows that a request has itself; empty without one, also with a session. */
    public Optional<Access> access(ServerRequest request) {
        return tokens.accessOf(token(request).stream().findFirst().orElse(""));
    }

    /**
     * Answers a challenge with the proofs that the tokens are known here, one for each; to callers on this machine only: any other
     * caller could try tokens against the proof.
     */
    public void prove(ServerRequest request, ServerResponse response) {
        boolean local =
                Objects.equals(request.remotePeer().host(), request.localPeer().host());
        request.headers()
                .first(CHALLENGE)
                .filter(challenge -> local && challenge.length() <= MOST_CHALLENGE)
                .ifPresent(challenge -> response.header(
                        HeaderNames.create(TokenProof.PROOF),
                        tokens.all().stream()
                                .map(token -> TokenProof.of(token, challenge))
                                .toArray(String[]::new)));
    }

    /** Its token, right or wrong; none if there is not exactly one. */
    private static List<String> token(ServerRequest request) {
        List<String> given = request.headers().all(HeaderNames.AUTHORIZATION, List::of);
        boolean shown = given.size() == 1 && given.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return shown ? List.of(given.getFirst().substring(SCHEME.length())) : List.of();
    }
}
