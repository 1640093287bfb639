package net.berth.engine.report;

import java.time.Instant;

/** Something that was read; {@code at} is when the read began. */
public record Seen<T>(T value, Instant at) {

    /** Whether the read began at this time or later. */
    public boolean since(Instant oldest) {
        return !at.isBefore(oldest);
    }
}
