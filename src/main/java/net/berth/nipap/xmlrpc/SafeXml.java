package net.berth.nipap.xmlrpc;

import java.io.OutputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TransformerHandler;
import javax.xml.transform.stream.StreamResult;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * XML readers that know no document types, so no entities, no external files and no requests to other hosts; and writers.
 * Both are the JDK's own, whatever other parsers are on the class path. One for all threads: making a factory is slow,
 * and none is made for several threads, so both are used under this lock.
 */
final class SafeXml {
    private final SAXParserFactory parsers = SAXParserFactory.newDefaultNSInstance();
    private final SAXTransformerFactory writers = (SAXTransformerFactory) TransformerFactory.newDefaultInstance();

    SafeXml() {
        try {
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            parsers.setFeature("http://xml.org/sax/features/external-general-entities", false);
            parsers.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            parsers.setXIncludeAware(false);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("this JDK's XML parser cannot be made safe", e);
        }
    }

    synchronized XMLReader reader() throws SAXException {
        try {
            XMLReader reader = parsers.newSAXParser().getXMLReader();
            // Without a handler of its own the parser prints to standard error.
            reader.setErrorHandler(new Throwing());
            return reader;
        } catch (ParserConfigurationException e) {
            throw new SAXException("this JDK cannot read XML", e);
        }
    }

    /**
     * A writer for one request. The library's own writes a character beyond U+FFFF as two surrogate references, which
     * nipapd refuses as not well-formed.
     */
    synchronized ContentHandler writer(OutputStream out) throws SAXException {
        try {
            TransformerHandler handler = writers.newTransformerHandler();
            handler.getTransformer().setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            handler.setResult(new StreamResult(out));
            XMLFilterImpl clean = new Cleaning();
            clean.setContentHandler(handler);
            return clean;
        } catch (TransformerConfigurationException e) {
            throw new SAXException("this JDK cannot write XML", e);
        }
    }

    private static final class Throwing extends DefaultHandler {
        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    /** Drops what XML 1.0 cannot carry: control characters and halves of surrogate pairs. */
    private static final class Cleaning extends XMLFilterImpl {
        @Override
        public void characters(char[] chars, int start, int length) throws SAXException {
            char[] kept = new String(chars, start, length)
                    .codePoints()
                    .filter(Cleaning::allowed)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()
                    .toCharArray();
            super.characters(kept, 0, kept.length);
        }

        private static boolean allowed(int point) {
            boolean space = point == '\t' || point == '\n' || point == '\r';
            boolean plane = (point >= 0x20 && point <= 0xD7FF) || (point >= 0xE000 && point <= 0xFFFD);
            return space || plane || point >= 0x10000;
        }
    }
}
