package net.berth.nipap.xmlrpc;

import java.io.OutputStream;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TransformerHandler;
import javax.xml.transform.stream.StreamResult;
import org.apache.xmlrpc.XmlRpcException;
import org.apache.xmlrpc.common.XmlRpcStreamConfig;
import org.apache.xmlrpc.serializer.XmlWriterFactory;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Writes requests with the JDK's serializer: the library's own writes a character beyond U+FFFF as two surrogate
 * references, which nipapd refuses as not well-formed.
 */
final class Utf8Writer implements XmlWriterFactory {
    private final SAXTransformerFactory factory = (SAXTransformerFactory) TransformerFactory.newDefaultInstance();

    /** A writer for one request. The factory itself is not made for several threads. */
    @Override
    public synchronized ContentHandler getXmlWriter(XmlRpcStreamConfig config, OutputStream out)
            throws XmlRpcException {
        try {
            TransformerHandler handler = factory.newTransformerHandler();
            handler.getTransformer().setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            handler.setResult(new StreamResult(out));
            XMLFilterImpl clean = new Cleaning();
            clean.setContentHandler(handler);
            return clean;
        } catch (TransformerConfigurationException e) {
            throw new XmlRpcException("this JDK cannot write XML", e);
        }
    }

    /** Drops what XML 1.0 cannot carry: control characters and halves of surrogate pairs. */
    private static final class Cleaning extends XMLFilterImpl {
        @Override
        public void characters(char[] chars, int start, int length) throws SAXException {
            StringBuilder kept = new StringBuilder(length);
            for (int at = start; at < start + length; ) {
                int point = Character.codePointAt(chars, at, start + length);
                if (allowed(point)) {
                    kept.appendCodePoint(point);
                }
                at += Character.charCount(point);
            }
            super.characters(kept.toString().toCharArray(), 0, kept.length());
        }

        private static boolean allowed(int point) {
            boolean space = point == '\t' || point == '\n' || point == '\r';
            boolean plane = (point >= 0x20 && point <= 0xD7FF) || (point >= 0xE000 && point <= 0xFFFD);
            return space || plane || point >= 0x10000;
        }
    }
}
