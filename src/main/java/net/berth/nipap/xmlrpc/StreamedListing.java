package net.berth.nipap.xmlrpc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.xmlrpc.XmlRpcRequestConfig;
import org.apache.xmlrpc.client.XmlRpcClientRequestImpl;
import org.jspecify.annotations.Nullable;

/**
 * A call whose answer may hold thousands of structs in a list: each is turned into what is wanted of it as soon as it is
 * read, so that never more than one of them is in memory. A struct of NIPAP's takes about 4 kB, a list of 10,000 would
 * take as much as all else together.
 */
final class StreamedListing extends XmlRpcClientRequestImpl {
    private static final long serialVersionUID = 1L;

    private final Duration deadline;
    private final transient Function<Map<?, ?>, Optional<?>> each;

    StreamedListing(
            XmlRpcRequestConfig config,
            String method,
            Map<String, ? extends @Nullable Object> struct,
            Duration deadline,
            Function<Map<?, ?>, Optional<?>> each) {
        super(config, method, List.of(struct));
        this.deadline = deadline;
        this.each = each;
    }

    Duration deadline() {
        return deadline;
    }

    Function<Map<?, ?>, Optional<?>> each() {
        return each;
    }
}
