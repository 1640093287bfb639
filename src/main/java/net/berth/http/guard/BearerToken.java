package net.berth.http.guard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import net.berth.http.json.Problem;
import net.berth.http.json.ProblemException;

/** Lets pass who shows the API's token; RFC 6750. */
public final class BearerToken implements Handler {
    private static final String SCHEME = "Bearer ";

    private final byte[] expected;

    private final AuthFailureLimiter strangers;

    public BearerToken(String token, AuthFailureLimiter strangers) {
        this.strangers = strangers;
        this.expected = token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        List<String> given = request.headers().all(HeaderNames.AUTHORIZATION, List::of);
        boolean shown = given.size() == 1 && given.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        byte[] token =
                shown ? given.getFirst().substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (!MessageDigest.isEqual(expected, token)) {
            ProblemException refused = new ProblemException(Problem.of(
                            Status.UNAUTHORIZED_401,
                            shown
                                    ? "This token is not the one in api-token-file."
                                    : "The header Authorization: Bearer TOKEN is missing; the token is in api-token-file.")
                    .header("WWW-Authenticate", "Bearer realm=\"berth\"" + (shown ? ", error=\"invalid_token\"" : "")));
            throw strangers.refused(request.remotePeer().host(), refused);
        }
        response.next();
    }
}
