package net.berth.nipap.xmlrpc;

import java.util.Map;
import org.apache.xmlrpc.common.XmlRpcStreamRequestConfig;
import org.apache.xmlrpc.parser.XmlRpcResponseParser;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;

/**
 * Reads one {@code methodResponse} and nothing that a hostile server could add: a fault keeps only its code and text
 * (the library would deserialize a {@code faultCause}), nesting and number of elements are bounded, and there is
 * exactly one answer.
 */
final class AnswerParser extends XmlRpcResponseParser {
    /** A NIPAP row within a search result within an answer needs 21. */
    static final int MAX_DEPTH = 40;

    /** Characters of one text. */
    static final int LONGEST_TEXT = 64 << 10;

    private final PlainTypes types;
    private int depth;
    private int text;
    private int answers;

    AnswerParser(XmlRpcStreamRequestConfig config, PlainTypes types) {
        super(config, types);
        this.types = types;
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) throws SAXException {
        if (++depth > MAX_DEPTH) {
            throw new SAXException("nested deeper than " + MAX_DEPTH + " elements");
        }
        types.countElement();
        text = 0;
        super.startElement(uri, localName, qName, attributes);
    }

    /** Of a text that is too long the beginning is kept, with a mark at its end. */
    @Override
    public void characters(char[] chars, int start, int length) throws SAXException {
        int room = Math.max(0, LONGEST_TEXT - text);
        types.countText(Math.min(room, length));
        super.characters(chars, start, Math.min(room, length));
        if (length > room && text <= LONGEST_TEXT) {
            super.characters(new char[] {ReadableText.REPLACED}, 0, 1);
            text++;
        }
        text = Math.min(text + length, LONGEST_TEXT + 1);
    }

    @Override
    public void endElement(String uri, String localName, String qName) throws SAXException {
        super.endElement(uri, localName, qName);
        depth--;
    }

    @Override
    protected void addResult(@Nullable Object result) throws SAXException {
        if (++answers > 1) {
            throw new SAXException("holds more than one answer");
        }
        super.addResult(isSuccess() ? result : plainFault(result));
    }

    boolean answered() {
        return answers == 1;
    }

    private static Map<String, Object> plainFault(@Nullable Object fault) throws SAXException {
        if (fault instanceof Map<?, ?> map
                && map.get("faultCode") instanceof Integer code
                && map.get("faultString") instanceof String text) {
            return Map.of("faultCode", code, "faultString", text);
        }
        throw new SAXException("its fault lacks a whole number as faultCode or a text as faultString");
    }
}
