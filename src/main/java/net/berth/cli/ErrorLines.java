package net.berth.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a command says went wrong, as errors for the journal: each line begins with {@code <3>}. */
final class ErrorLines extends FilterOutputStream {
    private static final byte[] ERROR = "<3>".getBytes(StandardCharsets.US_ASCII);
    private boolean begins = true;

    ErrorLines(OutputStream out) {
        super(out);
    }

    @Override
    public synchronized void write(int letter) throws IOException {
        if (begins) {
            out.write(ERROR);
        }
        begins = letter == '\n';
        out.write(letter);
    }
}
