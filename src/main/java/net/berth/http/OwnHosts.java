package net.berth.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.berth.http.json.Json;
import net.berth.http.json.Problem;
import net.berth.model.IpAddress;

/**
 * Answers 421 to requests that name another host than this receiver. By DNS rebinding a web page makes its own host name mean
 * the receiver's address, and could read answers under that name. An address cannot be rebound. A hook is signed.
 */
final class OwnHosts implements Filter {
    private static final String HOOK = "/v1/hooks/guest";

    private final Set<String> hosts = new HashSet<>(Set.of("localhost"));

    /** With the names under which the receiver is reached, besides localhost and addresses. */
    OwnHosts(List<String> names) {
        names.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        if (isOwn(host) || request.path().rawPath().equals(HOOK)) {
            chain.proceed();
            return;
        }
        response.header(HeaderValues.CONNECTION_CLOSE);
        Json.problem(
                response,
                Problem.of(
                        Status.create(421, "Misdirected Request"),
                        "The receiver is not reached under this host name: if it should be, add the name to server.hosts in"
                                + " berth.yaml."));
    }

    /** Whether a Host header, with or without a port, is an address or one of the names. */
    boolean isOwn(String header) {
        String host =
                header.replaceFirst(":[0-9]*$", "").replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
        return hosts.contains(host) || host.startsWith("[") || IpAddress.isAddress(host);
    }
}
