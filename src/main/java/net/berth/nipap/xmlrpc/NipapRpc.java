package net.berth.nipap.xmlrpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.berth.model.row.AddressRow;
import net.berth.nipap.NipapSettings;
import net.berth.nipap.xmlrpc.NipapException.Fault;
import net.berth.nipap.xmlrpc.NipapException.Garbled;
import org.apache.xmlrpc.XmlRpcException;
import org.apache.xmlrpc.client.XmlRpcClient;
import org.apache.xmlrpc.client.XmlRpcClientConfigImpl;
import org.apache.xmlrpc.client.XmlRpcClientRequestImpl;
import org.apache.xmlrpc.serializer.XmlRpcWriter;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * NIPAP's XML-RPC calls: one struct in, plain values out. Safe for use by several threads. Answers consist of String,
 * Integer, Boolean, unmodifiable List and Map, and null for nil. Of the library only the writer and the parsers are
 * used: its transports fix the parser of the answer.
 */
public final class NipapRpc implements AutoCloseable {
    private final XmlRpcClientConfigImpl config = new XmlRpcClientConfigImpl();
    /** The types ask for one; it makes no call. */
    private final XmlRpcClient controller = new XmlRpcClient();

    private final SafeXml xml = new SafeXml();
    private final Duration deadline;
    private final HttpPost post;

    public NipapRpc(NipapSettings settings) {
        // Extensions would allow both sides to exchange Java objects.
        config.setEnabledForExtensions(false);
        config.setEnabledForExceptions(false);
        this.deadline = settings.deadline();
        this.post = new HttpPost(settings);
    }

    /** Calls a method with these members beside {@code auth}; throws {@link NipapException} without an answer. */
    public @Nullable Object call(String method, Map<String, ? extends @Nullable Object> members) {
        return callAs(AddressRow.SOURCE, method, members);
    }

    /** {@link #call} with another source, which a row that it makes keeps. */
    public @Nullable Object callAs(String source, String method, Map<String, ? extends @Nullable Object> members) {
        return execute(source, method, members, deadline, new PlainTypes(controller));
    }

    /**
     * {@link #call}, with each struct in a list of the answer turned into something else as soon as it is read, so that
     * one struct at most is in memory. A struct of NIPAP's takes about 4 kB, and an answer may hold 10,000.
     *
     * @param patience how many times the deadline of other calls it may take
     * @param each what is kept of a struct; empty leaves it out
     */
    public @Nullable Object callEach(
            String method,
            Map<String, ? extends @Nullable Object> members,
            int patience,
            Function<Map<?, ?>, Optional<?>> each) {
        PlainTypes types = new PlainTypes(controller, each);
        return execute(AddressRow.SOURCE, method, members, deadline.multipliedBy(patience), types);
    }

    /** {@link #call} for methods that answer a list of structs, such as list_prefix and edit_prefix. */
    public List<NipapStruct> rows(String method, Map<String, ? extends @Nullable Object> members) {
        return NipapStruct.list(method, call(method, members));
    }

    private @Nullable Object execute(
            String source,
            String method,
            Map<String, ? extends @Nullable Object> members,
            Duration limit,
            PlainTypes types) {
        Map<String, @Nullable Object> struct = new HashMap<>(members);
        struct.put("auth", Map.of("authoritative_source", source));
        try {
            byte[] request = written(method, struct, types);
            // An answer may be nil, so the value goes through as an Optional.
            return post.send(request, limit, answer -> Optional.ofNullable(read(method, types, answer)))
                    .orElse(null);
        } catch (XmlRpcException e) {
            throw new Garbled("the NIPAP call " + method + " failed: " + e.getMessage(), e);
        }
    }

    private byte[] written(String method, Map<String, ?> struct, PlainTypes types) throws XmlRpcException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try {
            new XmlRpcWriter(config, xml.writer(out), types)
                    .write(new XmlRpcClientRequestImpl(config, method, List.of(struct)));
            return out.toByteArray();
        } catch (SAXException e) {
            throw new XmlRpcException("it cannot be written: " + e.getMessage(), e);
        }
    }

    private @Nullable Object read(String method, PlainTypes types, InputStream answer) throws IOException {
        AnswerParser parser = new AnswerParser(config, types);
        try {
            XMLReader reader = xml.reader();
            reader.setContentHandler(parser);
            reader.parse(new InputSource(new ReadableText(answer)));
            return result(method, parser);
        } catch (NipapException e) {
            throw e;
        } catch (SAXException | XmlRpcException | RuntimeException e) {
            // The library throws ClassCastException and the like for input that it did not expect.
            throw new Garbled("NIPAP's answer to " + method + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object result(String method, AnswerParser parser) throws XmlRpcException {
        if (!parser.answered()) {
            throw new Garbled("NIPAP's answer to " + method + " holds neither a value nor a fault", null);
        }
        if (!parser.isSuccess()) {
            throw new Fault(method, parser.getErrorCode(), parser.getErrorMessage());
        }
        return parser.getResult();
    }

    @Override
    public void close() {
        post.close();
    }
}
