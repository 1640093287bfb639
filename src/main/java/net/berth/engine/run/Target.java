package net.berth.engine.run;

import net.berth.model.Guest;

/** What a guest is to Berth in one run. */
public sealed interface Target {

    /**
     * The guest is there.
     *
     * @param guest the guest as read
     */
    record Present(Guest guest) implements Target {}

    /**
     * The guest was deleted, which is proved.
     *
     * @param reason the proof, for the reasons of changes
     */
    record Gone(String reason) implements Target {}

    /** The operator ordered its release, whether it is there or not. */
    record Released() implements Target {}
}
