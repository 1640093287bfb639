package net.berth.nipap.xmlrpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.xmlrpc.XmlRpcException;
import org.apache.xmlrpc.XmlRpcRequest;
import org.apache.xmlrpc.client.XmlRpcClient;
import org.apache.xmlrpc.client.XmlRpcTransport;
import org.apache.xmlrpc.common.TypeFactory;
import org.apache.xmlrpc.common.XmlRpcStreamRequestConfig;
import org.apache.xmlrpc.serializer.XmlRpcWriter;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * Between the library's client and {@link HttpPost}. The library's own transports are of no use here: they all end in
 * its XmlRpcStreamTransport, whose response parser is fixed.
 */
final class NipapTransport implements XmlRpcTransport {
    private final XmlRpcClient client;
    private final HttpPost post;
    private final SafeXml xml;
    private final Duration deadline;

    NipapTransport(XmlRpcClient client, HttpPost post, SafeXml xml, Duration deadline) {
        this.client = client;
        this.post = post;
        this.xml = xml;
        this.deadline = deadline;
    }

    @Override
    public @Nullable Object sendRequest(XmlRpcRequest request) throws XmlRpcException {
        XmlRpcStreamRequestConfig config = (XmlRpcStreamRequestConfig) request.getConfig();
        byte[] body = written(config, request);
        return read(config, request, post.send(body, deadline(request)));
    }

    private byte[] written(XmlRpcStreamRequestConfig config, XmlRpcRequest request) throws XmlRpcException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try {
            var handler = client.getXmlWriterFactory().getXmlWriter(config, out);
            new XmlRpcWriter(config, handler, client.getTypeFactory()).write(request);
            return out.toByteArray();
        } catch (SAXException e) {
            throw new IllegalArgumentException("cannot write the NIPAP call " + request.getMethodName(), e);
        }
    }

    private @Nullable Object read(XmlRpcStreamRequestConfig config, XmlRpcRequest request, InputStream answer)
            throws XmlRpcException {
        String method = request.getMethodName();
        ElementBudget budget = new ElementBudget();
        AnswerParser parser = new AnswerParser(config, types(request, budget), budget);
        try (answer) {
            XMLReader reader = xml.reader();
            reader.setContentHandler(parser);
            reader.parse(new InputSource(answer));
        } catch (SAXException | IOException e) {
            throw new NipapGarbled("NIPAP's answer to " + method + " cannot be used: " + e.getMessage(), e);
        }
        if (!parser.answered()) {
            throw new NipapGarbled("NIPAP's answer to " + method + " holds neither a value nor a fault", null);
        }
        if (!parser.isSuccess()) {
            throw new NipapFault(method, parser.getErrorCode(), parser.getErrorMessage());
        }
        return parser.getResult();
    }

    private Duration deadline(XmlRpcRequest request) {
        return request instanceof StreamedListing listing ? listing.deadline() : deadline;
    }

    private TypeFactory types(XmlRpcRequest request, ElementBudget budget) {
        if (!(request instanceof StreamedListing listing)) {
            return client.getTypeFactory();
        }
        return new PlainTypes(client, struct -> {
            budget.handedOn();
            return listing.each().apply(struct);
        });
    }
}
