package net.berth.http.guard;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.berth.http.json.Problem;
import net.berth.security.TokenProof;

/** Accepts requests with the API's token (RFC 6750), or with the session of a browser that has shown it. */
public final class BearerToken implements Handler {
    private static final String SCHEME = "Bearer ";
    private static final HeaderName CHALLENGE = HeaderNames.create(TokenProof.CHALLENGE);
    private static final int MOST_CHALLENGE = 128;

    private final byte[] expected;

    private final Session session;
    private final Refusals refusals;

    public BearerToken(String token, Session session, Refusals refusals) {
        this.session = session;
        this.refusals = refusals;
        this.expected = token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (rights(request).isEmpty()) {
            throw refused(request);
        }
        response.next();
    }

    /** 401, or 429 after too many of them. */
    public Problem refused(ServerRequest request) {
        boolean shown = !token(request).isEmpty();
        Problem refused = Problem.of(
                        Status.UNAUTHORIZED_401,
                        shown
                                ? "This token is not the one in api-token-file."
                                : "The header Authorization: Bearer TOKEN is missing; the token is in api-token-file.")
                .header("WWW-Authenticate", "Bearer realm=\"berth\"" + (shown ? ", error=\"invalid_token\"" : ""));
        return refusals.answer(request.remotePeer().host(), refused);
    }

    /** The rights of a request by its token or, without any Authorization, by its session; empty if it has neither. */
    public Optional<Session.Rights> rights(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.AUTHORIZATION)) {
            return session.shownBy(request);
        }
        return isShownBy(request) ? Optional.of(Session.Rights.ofToken()) : Optional.empty();
    }

    /** Whether a request has the token itself. */
    public boolean isShownBy(ServerRequest request) {
        String token = token(request).stream().findFirst().orElse("");
        return MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Answers a challenge with the proof that the token is known here; to callers on this machine only: any other
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
                        TokenProof.of(new String(expected, StandardCharsets.UTF_8), challenge)));
    }

    /** Its token, right or wrong; none if there is not exactly one. */
    private static List<String> token(ServerRequest request) {
        List<String> given = request.headers().all(HeaderNames.AUTHORIZATION, List::of);
        boolean shown = given.size() == 1 && given.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return shown ? List.of(given.getFirst().substring(SCHEME.length())) : List.of();
    }
}
