package net.berth.cli.log;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Marks each line as an error for the journal, with {@code <3>} at its start. */
public final class JournalErrors extends FilterOutputStream {
    private static final byte[] ERROR = "<3>".getBytes(StandardCharsets.US_ASCII);
    private boolean begins = true;

    /** Writes to another stream. */
    public JournalErrors(OutputStream out) {
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
