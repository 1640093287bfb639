package net.berth.engine.port;

import java.util.List;
import java.util.Optional;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.model.LiveAddress;

/**
 * The port to what runs the guests. Every call has a deadline of its own and throws {@link PeerException} when the system
 * gives no usable answer. Reads never wait for a guest's config lock.
 */
public interface Compute {

    /** All visible guests, one call or few. */
    Inventory inventory();

    /**
     * One guest with its config as it is in force now, not with what is pending.
     *
     * @return empty when the system says that this guest does not exist; that is not yet proof, see {@link #presence}
     */
    Optional<Guest> read(Inventory.Entry entry);

    /**
     * Whether a guest is gone. Only the words "does not exist" for its config on the node that held it say so; missing
     * rights, an offline node or any error do not.
     */
    Presence presence(GuestId guest, String lastNode);

    /** Answer of {@link #presence}. */
    sealed interface Presence {
        /** It is there. */
        record Present() implements Presence {}

        /** It does not exist. */
        record Absent() implements Presence {}

        /**
         * Nobody can say.
         *
         * @param why what came in place of an answer
         */
        record Unknown(String why) implements Presence {}
    }

    /**
     * Whether the system's own task history shows that the guest has run, or was restored from a backup (whose disk has
     * run).
     */
    History history(Guest guest);

    /** Answer of {@link #history}. */
    enum History {
        HAS_RUN,
        NEVER_RAN,
        /** The history cannot be read (rights) or says nothing. */
        UNKNOWN
    }

    /**
     * The addresses that a running guest's interfaces really have, where somebody says so: the guest agent of a VM, the
     * host of a container. Needs its own right on some systems, and never throws.
     *
     * @return empty while nothing is known: no agent, no right, no answer in time
     */
    List<LiveAddress> live(Guest guest);

    /** Puts an address into the guest's config, by compare and set; at most one write is sent. */
    WriteResult write(AddressWrite write);

    /** Makes the cloud-init image of a VM anew from its config. */
    WriteResult regenerateImage(Guest guest);

    /** Outcome of a write. */
    sealed interface WriteResult {
        /** Written. */
        record Written() implements WriteResult {}

        /** It stood there already. */
        record Unchanged() implements WriteResult {}

        /**
         * Not now: the config lock is held, or the config changed under way.
         *
         * @param why the system's words
         */
        record Busy(String why) implements WriteResult {}

        /**
         * Not for as long as the guest's {@code lock} stands (a backup may take hours).
         *
         * @param lock the lock's word
         */
        record Locked(String lock) implements WriteResult {}

        /**
         * The guest is not as it was planned for (gone, moved, template, another MAC): plan again.
         *
         * @param why what differs
         */
        record Stale(String why) implements WriteResult {}

        /**
         * The system will not take it.
         *
         * @param why its words, and the missing right where it names one
         */
        record Refused(String why) implements WriteResult {}
    }

    /** A cheap call that proves that the system answers and the credentials are good. */
    void check();
}
