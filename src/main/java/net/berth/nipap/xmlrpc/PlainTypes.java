package net.berth.nipap.xmlrpc;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.ws.commons.util.NamespaceContextImpl;
import org.apache.xmlrpc.XmlRpcException;
import org.apache.xmlrpc.common.TypeFactory;
import org.apache.xmlrpc.common.TypeFactoryImpl;
import org.apache.xmlrpc.common.XmlRpcController;
import org.apache.xmlrpc.common.XmlRpcStreamConfig;
import org.apache.xmlrpc.parser.BooleanParser;
import org.apache.xmlrpc.parser.I4Parser;
import org.apache.xmlrpc.parser.MapParser;
import org.apache.xmlrpc.parser.NullParser;
import org.apache.xmlrpc.parser.ObjectArrayParser;
import org.apache.xmlrpc.parser.StringParser;
import org.apache.xmlrpc.parser.TypeParser;
import org.apache.xmlrpc.serializer.TypeSerializer;
import org.apache.xmlrpc.serializer.TypeSerializerImpl;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * The few types that NIPAP speaks: string, int, boolean, list, struct and {@code <nil/>} without a namespace, which
 * the library does not know. Anything else, above all base64 and every namespaced extension, is refused both ways:
 * that is where the library deserializes Java objects. A date arrives as its text, since it names no time zone. For one
 * call.
 */
final class PlainTypes extends TypeFactoryImpl {
    /**
     * How many elements of an answer may be in memory at once: about 2,000 rows or VRFs of NIPAP's. The byte limit alone
     * does not bound memory: 24 bytes of XML make an empty struct of more than 100, and packed they are one.
     */
    static final int MOST_ELEMENTS = 400_000;

    /** How many characters of an answer may be in memory at once. */
    static final int MOST_TEXT = 8 << 20;

    private final Function<Map<?, ?>, Optional<?>> each;
    private int elements;
    private int text;

    PlainTypes(XmlRpcController controller) {
        super(controller);
        this.each = Optional::of;
    }

    /** Keeps of each struct in a list what the function makes of it; empty leaves it out. */
    PlainTypes(XmlRpcController controller, Function<Map<?, ?>, Optional<?>> each) {
        super(controller);
        this.each = struct -> {
            // What was read so far was handed on and is no longer kept.
            elements = 0;
            text = 0;
            return each.apply(struct);
        };
    }

    /** Counts an element of the answer as it is read. */
    void countElement() throws SAXException {
        if (++elements > MOST_ELEMENTS) {
            throw new SAXException("holds more than " + MOST_ELEMENTS + " elements");
        }
    }

    /** Counts characters of the answer as they are read. */
    void countText(int characters) throws SAXException {
        text += characters;
        if (text > MOST_TEXT) {
            throw new SAXException("holds more than " + MOST_TEXT + " characters of text");
        }
    }

    /** Answers null for an unknown tag, which makes the library end the answer with an error. */
    @Override
    public @Nullable TypeParser getParser(
            XmlRpcStreamConfig config, NamespaceContextImpl context, @Nullable String uri, String name) {
        if (uri != null && !uri.isEmpty()) {
            return null;
        }
        return switch (name) {
            case "string", "dateTime.iso8601" -> new StringParser();
            case "int", "i4" -> new I4Parser();
            case "boolean" -> new BooleanParser();
            case "nil" -> new NullParser();
            case "array" -> new ListParser(config, context, this, each);
            case "struct" -> new StructParser(config, context, this);
            default -> null;
        };
    }

    @Override
    public TypeSerializer getSerializer(XmlRpcStreamConfig config, @Nullable Object value) throws SAXException {
        return switch (value) {
            case null -> new NilSerializer();
            case String text -> super.getSerializer(config, text);
            case Integer number -> super.getSerializer(config, number);
            case Boolean flag -> super.getSerializer(config, flag);
            case List<?> list -> super.getSerializer(config, list);
            case Map<?, ?> map -> super.getSerializer(config, map);
            default ->
                throw new SAXException(
                        "NIPAP is never sent a " + value.getClass().getName());
        };
    }

    private static final class NilSerializer extends TypeSerializerImpl {
        @Override
        public void write(ContentHandler handler, @Nullable Object value) throws SAXException {
            handler.startElement("", VALUE_TAG, VALUE_TAG, ZERO_ATTRIBUTES);
            handler.startElement("", "nil", "nil", ZERO_ATTRIBUTES);
            handler.endElement("", "nil", "nil");
            handler.endElement("", VALUE_TAG, VALUE_TAG);
        }
    }

    private static final class ListParser extends ObjectArrayParser {
        private final Function<Map<?, ?>, Optional<?>> each;

        ListParser(
                XmlRpcStreamConfig config,
                NamespaceContextImpl context,
                TypeFactory factory,
                Function<Map<?, ?>, Optional<?>> each) {
            super(config, context, factory);
            this.each = each;
        }

        @Override
        protected void addResult(@Nullable Object value) {
            if (value instanceof Map<?, ?> struct) {
                each.apply(struct).ifPresent(super::addResult);
            } else {
                super.addResult(value);
            }
        }

        @Override
        public Object getResult() throws XmlRpcException {
            return Collections.unmodifiableList(Arrays.asList((Object[]) super.getResult()));
        }
    }

    private static final class StructParser extends MapParser {
        StructParser(XmlRpcStreamConfig config, NamespaceContextImpl context, TypeFactory factory) {
            super(config, context, factory);
        }

        @Override
        public Object getResult() throws XmlRpcException {
            Map<String, @Nullable Object> result = new HashMap<>();
            for (Map.Entry<?, ?> member : ((Map<?, ?>) super.getResult()).entrySet()) {
                if (!(member.getKey() instanceof String key)) {
                    throw new XmlRpcException("a struct has a member whose name is not text");
                }
                result.put(key, member.getValue());
            }
            return Collections.unmodifiableMap(result);
        }
    }
}
