package net.berth.nipap.xmlrpc;

import java.net.MalformedURLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.berth.model.row.AddressRow;
import net.berth.nipap.NipapSettings;
import org.apache.xmlrpc.XmlRpcException;
import org.apache.xmlrpc.XmlRpcRequest;
import org.apache.xmlrpc.client.XmlRpcClient;
import org.apache.xmlrpc.client.XmlRpcClientConfigImpl;
import org.apache.xmlrpc.client.XmlRpcClientRequestImpl;
import org.jspecify.annotations.Nullable;

/**
 * NIPAP's XML-RPC calls: one struct in, plain values out. Safe for use by several threads. Answers consist of String,
 * Integer, Boolean, unmodifiable List and Map, and null for nil.
 */
public final class NipapRpc implements AutoCloseable {
    private final XmlRpcClientConfigImpl config = new XmlRpcClientConfigImpl();
    private final XmlRpcClient client;
    private final Duration deadline;
    private final HttpPost post;

    public NipapRpc(NipapSettings settings) {
        // Extensions would let both sides exchange Java objects.
        config.setEnabledForExtensions(false);
        config.setEnabledForExceptions(false);
        try {
            config.setServerURL(settings.url().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("NIPAP url is " + settings.url() + "; it must be http or https", e);
        }
        this.deadline = settings.deadline();
        this.post = new HttpPost(settings);
        this.client = new XmlRpcClient();
        client.setConfig(config);
        client.setTypeFactory(new PlainTypes(client));
        client.setXmlWriterFactory(new Utf8Writer());
        SafeXml xml = new SafeXml();
        client.setTransportFactory(() -> new NipapTransport(client, post, xml, deadline));
    }

    /**
     * Calls a method of nipap_xmlrpc.py with these members beside {@code auth}.
     *
     * @throws NipapException for everything that is not an answer
     */
    public @Nullable Object call(String method, Map<String, ? extends @Nullable Object> members) {
        return callAs(AddressRow.SOURCE, method, members);
    }

    /** {@link #call} with another source, which a row that it makes keeps. */
    public @Nullable Object callAs(String source, String method, Map<String, ? extends @Nullable Object> members) {
        return execute(new XmlRpcClientRequestImpl(config, method, List.of(struct(source, members))));
    }

    /**
     * {@link #call}, with each struct in a list of the answer turned into something else while it is read.
     *
     * @param patience how many times the deadline of other calls it may take
     */
    public @Nullable Object callEach(
            String method,
            Map<String, ? extends @Nullable Object> members,
            int patience,
            Function<Map<?, ?>, Optional<?>> each) {
        return execute(new StreamedListing(
                config, method, struct(AddressRow.SOURCE, members), deadline.multipliedBy(patience), each));
    }

    private static Map<String, @Nullable Object> struct(
            String source, Map<String, ? extends @Nullable Object> members) {
        Map<String, @Nullable Object> struct = new HashMap<>(members);
        struct.put("auth", Map.of("authoritative_source", source));
        return struct;
    }

    private @Nullable Object execute(XmlRpcRequest request) {
        try {
            return client.execute(request);
        } catch (NipapException e) {
            throw e;
        } catch (XmlRpcException | RuntimeException e) {
            // The library lets ClassCastException and the like escape on input it did not expect.
            throw new NipapGarbled("the NIPAP call " + request.getMethodName() + " failed: " + e.getMessage(), e);
        }
    }

    /** {@link #call} for methods that answer a list of structs, such as list_prefix and edit_prefix. */
    public List<NipapStruct> rows(String method, Map<String, ? extends @Nullable Object> members) {
        return NipapStruct.list(method, call(method, members));
    }

    @Override
    public void close() {
        post.close();
    }
}
