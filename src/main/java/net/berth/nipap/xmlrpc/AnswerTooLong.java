package net.berth.nipap.xmlrpc;

import java.io.IOException;

/** The byte limit of the settings was reached. */
final class AnswerTooLong extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLong(long limit) {
        super("longer than " + limit + " bytes");
    }
}
