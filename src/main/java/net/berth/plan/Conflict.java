package net.berth.plan;

import net.berth.model.ShownText;

/**
 * Something that a human must decide.
 *
 * @param nic {@code net0}, or empty when it concerns the whole guest
 * @param message what was found, in words
 * @param fix what resolves it: a command, or what to change where
 */
public record Conflict(ConflictCode code, String nic, String message, String fix) {
    /** Bounds the texts. */
    public Conflict {
        message = ShownText.MESSAGE.cut(message);
        fix = ShownText.LINE.cut(fix);
    }
}
