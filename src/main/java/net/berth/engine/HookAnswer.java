package net.berth.engine;

import net.berth.engine.report.GuestReport;

/** What the hookscript is told. */
public sealed interface HookAnswer {

    /** NIPAP and the router hold all they should. */
    record Settled(GuestReport report) implements HookAnswer {}

    /** It goes on in the background. */
    record Accepted() implements HookAnswer {}

    /** Not a guest of Berth's. */
    record NotSelected() implements HookAnswer {}

    /**
     * The start would bring up an address that belongs to another guest.
     *
     * @param reason whose, and what happens next, in one line
     */
    record Duplicate(GuestReport report, String reason) implements HookAnswer {}
}
