package net.berth.nipap.xmlrpc;

import org.xml.sax.SAXException;

/**
 * How many elements of an answer may be in memory at once. The byte limit alone does not bound memory: 24 bytes of XML
 * make an empty struct of more than 100, and packed they are one.
 */
final class ElementBudget {
    /** About 2,000 rows or VRFs of NIPAP's at once; a listing hands its rows on one by one. */
    static final int MOST = 400_000;

    private int taken;

    void take() throws SAXException {
        if (++taken > MOST) {
            throw new SAXException("holds more than " + MOST + " elements");
        }
    }

    /** What was read so far was handed on and is no longer kept. */
    void handedOn() {
        taken = 0;
    }
}
