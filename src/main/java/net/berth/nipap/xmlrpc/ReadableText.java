package net.berth.nipap.xmlrpc;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Text of an XML document with U+FFFD in place of characters that XML 1.0 does not allow. NIPAP's REST door and its database
 * accept control characters, nipapd sends them as they are, and one such row would make a whole list unreadable.
 */
final class ReadableText extends FilterReader {
    /** Stands for what could not be read. A row that has it is never written. */
    static final char REPLACED = '\uFFFD';

    ReadableText(InputStream utf8) {
        super(new InputStreamReader(utf8, StandardCharsets.UTF_8));
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        return next < 0 ? next : readable((char) next);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int got = super.read(buffer, offset, length);
        for (int i = offset; i < offset + got; i++) {
            buffer[i] = readable(buffer[i]);
        }
        return got;
    }

    private static char readable(char next) {
        boolean control = next < ' ' && next != '\t' && next != '\n' && next != '\r';
        return control || next > '\uFFFD' ? REPLACED : next;
    }
}
