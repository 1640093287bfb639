package net.berth.http.guard;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.http.guard.ApiTokens.Access;
import net.berth.security.TokenProof;

/**
 * The session of a browser that has shown a token of the API: a cookie that names the token it stands for and when it ends,
 * signed with that token. The receiver keeps nothing of it, so it survives restarts, is valid at each receiver with this
 * token, and ends when the token is changed.
 *
 * <p>A browser sends the cookie with requests of other pages on this host, too (other ports are one site). So it counts
 * only together with a header, which no page of another origin can send without a permission that Berth never gives.
 */
public final class Session {
    /** What the page sends with each request. */
    static final HeaderName PAGE = HeaderNames.create("berth-page");

    private static final HeaderName SITE = HeaderNames.create("sec-fetch-site");
    private static final Set<String> SAME_ORIGIN = Set.of("same-origin");
    private static final Duration AGE = Duration.ofDays(30);
    private static final Pattern FORM =
            Pattern.compile("(([a-z]{1,16})\\.([0-9]{1,12})\\.[0-9a-f]{32})\\.([0-9a-f]{64})");

    private final ApiTokens tokens;
    private final boolean https;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Sessions that stand for these tokens.
     *
     * @param https whether browsers reach the receiver over HTTPS; they then send the cookie over HTTPS only
     */
    public Session(ApiTokens tokens, boolean https, Clock clock) {
        this.tokens = tokens;
        this.https = https;
        this.clock = clock;
    }

    /**
     * What a request may do.
     *
     * @param access what the token allows that it shows, or that its session stands for
     * @param expires when its session ends; {@link Instant#MAX} for the token itself
     */
    public record Rights(Access access, Instant expires) {
        /** Those of the token itself. */
        static Rights ofToken(Access access) {
            return new Rights(access, Instant.MAX);
        }
    }

    /** The rights of a new session that stands for a token. */
    public Rights begin(Access access) {
        return new Rights(
                access, Instant.ofEpochSecond(clock.instant().plus(AGE).getEpochSecond()));
    }

    /** The Set-Cookie header that begins a session; requests show it until it expires. */
    public String cookie(ServerRequest request, Rights rights) {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String text = rights.access().word() + "." + rights.expires().getEpochSecond() + "."
                + HexFormat.of().formatHex(nonce);
        String token = tokens.text(rights.access()).orElseThrow();
        return cookie(request, text + "." + TokenProof.ofSession(token, text), AGE);
    }

    /** The Set-Cookie header that deletes the browser's session. */
    public String end(ServerRequest request) {
        return cookie(request, "", Duration.ZERO);
    }

    private String cookie(ServerRequest request, String value, Duration age) {
        return name(request) + "=" + value + "; Path=/; Max-Age=" + age.toSeconds() + "; HttpOnly; SameSite=Strict"
                + (https ? "; Secure" : "");
    }

    /** Cookies are not separate for each port, and one host may have several receivers. */
    private static String name(ServerRequest request) {
        return "berth-session-" + request.localPeer().port();
    }

    /** The rights of the session that a request shows; empty without a valid one, or if Berth's page did not send it. */
    public Optional<Rights> shownBy(ServerRequest request) {
        return isOfThePage(request) ? value(request).flatMap(this::rights) : Optional.empty();
    }

    private static boolean isOfThePage(ServerRequest request) {
        return request.headers().contains(PAGE)
                && request.headers().first(SITE).map(SAME_ORIGIN::contains).orElse(true);
    }

    private Optional<Rights> rights(String value) {
        Matcher parts = FORM.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Instant expires = Instant.ofEpochSecond(Long.parseLong(parts.group(3)));
        return Access.of(parts.group(2))
                .filter(access -> isSigned(access, parts.group(1), parts.group(4)))
                .filter(access -> clock.instant().isBefore(expires))
                .map(access -> new Rights(access, expires));
    }

    /** With the token whose name it has: a session of the read-only token cannot be changed into one of the full token. */
    private boolean isSigned(Access access, String text, String signature) {
        byte[] given = signature.getBytes(StandardCharsets.US_ASCII);
        return tokens.text(access)
                .map(token -> TokenProof.ofSession(token, text).getBytes(StandardCharsets.US_ASCII))
                .filter(expected -> MessageDigest.isEqual(expected, given))
                .isPresent();
    }

    private static Optional<String> value(ServerRequest request) {
        String prefix = name(request) + "=";
        return request.headers().all(HeaderNames.COOKIE, List::of).stream()
                .flatMap(header -> Arrays.stream(header.split(";", -1)))
                .map(String::strip)
                .filter(cookie -> cookie.regionMatches(0, prefix, 0, prefix.length()))
                .map(cookie -> cookie.substring(prefix.length()))
                .findFirst();
    }
}
