package net.berth.engine.status;

import java.util.List;
import net.berth.engine.port.Peer;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.plan.Conflict;

/** Something that happened and that somebody may want to hear of. */
public sealed interface Event {

    /** The event's type on the wire, such as {@code guest.settled}. */
    String type();

    /** What it is about: a guest's id, a NIC, an address or a system. */
    String subject();

    /**
     * A guest came to rest: all systems hold what they should.
     *
     * @param guest which
     * @param name its name; empty when it has none
     * @param addresses its addresses with prefix length, NIC by NIC
     */
    record GuestSettled(GuestId guest, String name, List<String> addresses) implements Event {
        /** Copies the list. */
        public GuestSettled {
            addresses = List.copyOf(addresses);
        }

        @Override
        public String type() {
            return "guest.settled";
        }

        @Override
        public String subject() {
            return guest.toString();
        }
    }

    /**
     * A guest has other conflicts than before.
     *
     * @param guest which
     * @param name its name; empty when it has none
     * @param conflicts all that it has now
     */
    record GuestConflict(GuestId guest, String name, List<Conflict> conflicts) implements Event {
        /** Copies the list. */
        public GuestConflict {
            conflicts = List.copyOf(conflicts);
        }

        @Override
        public String type() {
            return "guest.conflict";
        }

        @Override
        public String subject() {
            return guest.toString();
        }
    }

    /**
     * A NIC got an address in NIPAP: a new row, or a human's that was adopted.
     *
     * @param nic which
     * @param address the address
     * @param reason why, in the plan's words
     */
    record AddressClaimed(NicId nic, IpAddress address, String reason) implements Event {
        @Override
        public String type() {
            return "address.claimed";
        }

        @Override
        public String subject() {
            return address.toString();
        }
    }

    /**
     * An address is free again.
     *
     * @param nic whose it was
     * @param address the address
     * @param reason why, in the plan's words
     */
    record AddressReleased(NicId nic, IpAddress address, String reason) implements Event {
        @Override
        public String type() {
            return "address.released";
        }

        @Override
        public String subject() {
            return address.toString();
        }
    }

    /**
     * The router took changes.
     *
     * @param commits in how many commits
     * @param changes how many changes were asked for together
     */
    record RouterCommitted(int commits, int changes) implements Event {
        @Override
        public String type() {
            return "router.committed";
        }

        @Override
        public String subject() {
            return "router";
        }
    }

    /**
     * A guest that was settled no longer was, without any change of its own, and was mended.
     *
     * @param nic the NIC concerned
     * @param action what was done, in the plan's words
     * @param reason why, in the plan's words
     */
    record DriftMended(NicId nic, String action, String reason) implements Event {
        @Override
        public String type() {
            return "drift.mended";
        }

        @Override
        public String subject() {
            return nic.guest().toString();
        }
    }

    /**
     * An outside system stopped answering.
     *
     * @param peer which
     * @param problem what went wrong
     */
    record SystemDown(Peer peer, String problem) implements Event {
        @Override
        public String type() {
            return "system.down";
        }

        @Override
        public String subject() {
            return peer.word();
        }
    }

    /**
     * An outside system answers again.
     *
     * @param peer which
     */
    record SystemUp(Peer peer) implements Event {
        @Override
        public String type() {
            return "system.up";
        }

        @Override
        public String subject() {
            return peer.word();
        }
    }

    /**
     * A receiver of webhooks cannot be reached, or wants no more.
     *
     * @param receiver how the receiver is called
     * @param problem what went wrong
     */
    record WebhookDown(String receiver, String problem) implements Event {
        @Override
        public String type() {
            return "webhook.down";
        }

        @Override
        public String subject() {
            return receiver;
        }
    }

    /**
     * A receiver of webhooks takes them again.
     *
     * @param receiver how the receiver is called
     */
    record WebhookUp(String receiver) implements Event {
        @Override
        public String type() {
            return "webhook.up";
        }

        @Override
        public String subject() {
            return receiver;
        }
    }
}
