package net.berth.nipap.xmlrpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Passes on a number of bytes and then fails: a gzip answer of a few kB can unpack to gigabytes. */
final class LimitedStream extends FilterInputStream {
    private final long limit;
    private long left;

    LimitedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got = super.read(buffer, offset, length);
        if (got > 0) {
            count(got);
        }
        return got;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] sink = new byte[(int) Math.max(0, Math.min(n, 8192))];
        return Math.max(0, read(sink, 0, sink.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int got) throws AnswerTooLong {
        left -= got;
        if (left < 0) {
            throw new AnswerTooLong(limit);
        }
    }
}
