package net.berth.nipap.xmlrpc;

import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/** XML readers that know no document types, so no entities, no external files and no requests to other hosts. */
final class SafeXml {
    /** One for all: each feature that is set makes a parser only to see whether it knows the feature. */
    private final SAXParserFactory factory;

    /** Of the JDK's own parser, whatever other parsers lie on the class path. */
    SafeXml() {
        factory = SAXParserFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setXIncludeAware(false);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("this JDK's XML parser cannot be made safe", e);
        }
    }

    /** A fresh reader. The factory itself is not made for several threads. */
    synchronized XMLReader reader() throws SAXException {
        try {
            XMLReader reader = factory.newSAXParser().getXMLReader();
            reader.setErrorHandler(new Throwing());
            return reader;
        } catch (ParserConfigurationException e) {
            throw new SAXException("this JDK cannot read XML", e);
        }
    }

    /** Without a handler of its own the parser prints to standard error. */
    private static final class Throwing implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
