package net.berth.engine.port;

import java.util.List;
import java.util.Optional;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.Inventory;

/**
 * The port to what runs the guests. Every call has a deadline of its own and throws {@link PeerException} when the system
 * gives no usable answer. Reads never wait for a guest's config lock.
 */
public interface Compute {

    /**
     * How many calls of {@link #read} may run at once for guests that no start waits for. An adapter has slots beyond
     * these, so that the read for a start never queues behind a full pass.
     */
    int BACKGROUND_READS = 16;

    /** All visible guests: three calls at most. */
    Inventory inventory();

    /**
     * Reads one guest in one call: its config as it is in force now, without pending changes. Name and lock come from the
     * config; node, status and uptime come from the entry and are as old as the entry. Where the status must be exact,
     * call {@link #status} first and pass its answer.
     *
     * @return empty when the system says that this guest does not exist on the entry's node; that alone does not prove
     *     that the guest is gone, see {@link #presence}
     */
    Optional<Guest> read(Inventory.Entry entry);

    /**
     * Reads a guest's entry again, as it is now, in one call. A list may be ten seconds old, and shows a stopped VM as
     * running while a backup holds it; this answer is exact.
     *
     * @return empty when the guest does not exist on the entry's node
     */
    Optional<Inventory.Entry> status(Inventory.Entry entry);

    /**
     * Whether a guest is gone: every node of the cluster must answer "does not exist" for its config. Missing rights, an
     * offline node or any error mean that it is unknown. A node that was removed from the cluster is not asked.
     *
     * @param lastNode the node that held the guest last; empty when unknown
     */
    Presence presence(GuestId guest, String lastNode);

    /** Answer of {@link #presence}. */
    sealed interface Presence {
        /** It is there. */
        record Present() implements Presence {}

        /** It does not exist. */
        record Absent() implements Presence {}

        /**
         * It is unknown.
         *
         * @param why what came in place of an answer
         */
        record Unknown(String why) implements Presence {}
    }

    /**
     * Whether the system's own task history shows that the guest has run, or was restored from a backup (whose disk has
     * run): at most one call and two per node. If the guest is running, its present start does not count: the question is
     * whether it ran before.
     *
     * @param guest the guest as just read; its uptime says which start is the present one
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
     * The addresses that a running guest's interfaces really have, where one of these says so: the guest agent of a VM, the
     * host of a container. Needs its own right on some systems, and never throws.
     *
     * @return empty while nothing is known: no agent, no right, no answer in time
     */
    List<LiveAddress> live(Guest guest);

    /** Writes an address into the guest's config by compare-and-set: one read, and at most one write. */
    WriteResult write(AddressWrite write);

    /** Makes the cloud-init image of a VM anew from its config. */
    WriteResult regenerateImage(Guest guest);

    /** Outcome of a write. */
    sealed interface WriteResult {
        /** Written. */
        record Written() implements WriteResult {}

        /** The config has the address already. */
        record Unchanged() implements WriteResult {}

        /** Not now: the config lock is held, or the config changed under way. */
        record Busy(String why) implements WriteResult {}

        /** Not as long as the guest has a {@code lock} (a backup may take hours). */
        record Locked(String lock) implements WriteResult {}

        /** The guest is not as it was planned for (gone, moved, template, another MAC): plan again. */
        record Stale(String why) implements WriteResult {}

        /**
         * The system refuses it.
         *
         * @param why its words, and the missing right where it names one
         */
        record Refused(String why) implements WriteResult {}
    }
}
