package net.berth.engine.status;

import java.util.List;
import net.berth.engine.port.Peer;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.plan.Conflict;

/** Something that happened, for those who follow the events. */
public sealed interface Event {

    /** The event's type on the wire, such as {@code guest.settled}. */
    default String type() {
        return switch (this) {
            case GuestSettled settled -> "guest.settled";
            case GuestConflict conflict -> "guest.conflict";
            case AddressClaimed claimed -> "address.claimed";
            case AddressReleased released -> "address.released";
            case RouterCommitted committed -> "router.committed";
            case DriftMended drift -> "drift.mended";
            case SystemDown down -> "system.down";
            case SystemUp up -> "system.up";
            case WebhookDown down -> "webhook.down";
            case WebhookUp up -> "webhook.up";
        };
    }

    /** What it is about: a guest's id, an address, a system or a receiver of webhooks. */
    default String subject() {
        return switch (this) {
            case GuestSettled settled -> settled.guest.toString();
            case GuestConflict conflict -> conflict.guest.toString();
            case AddressClaimed claimed -> claimed.address.toString();
            case AddressReleased released -> released.address.toString();
            case RouterCommitted committed -> "router";
            case DriftMended drift -> drift.nic.guest().toString();
            case SystemDown down -> down.peer.word();
            case SystemUp up -> up.peer.word();
            case WebhookDown down -> down.receiver;
            case WebhookUp up -> up.receiver;
        };
    }

    /**
     * A guest is settled: all systems hold what they should.
     *
     * @param addresses its addresses with prefix length, NIC by NIC
     */
    record GuestSettled(GuestId guest, String name, List<String> addresses) implements Event {}

    /**
     * A guest has other conflicts than before.
     *
     * @param conflicts all that it has now
     */
    record GuestConflict(GuestId guest, String name, List<Conflict> conflicts) implements Event {}

    /** A NIC got an address in NIPAP: a new row, or a human's that was adopted. */
    record AddressClaimed(NicId nic, IpAddress address, String reason) implements Event {}

    /** An address is free again. */
    record AddressReleased(NicId nic, IpAddress address, String reason) implements Event {}

    /** The router took changes. */
    record RouterCommitted(int commits, int changes) implements Event {}

    /**
     * A guest that was settled was found to differ without any change of its own, and was corrected.
     *
     * @param action what was done, in the plan's words
     */
    record DriftMended(NicId nic, String action, String reason) implements Event {}

    /** An outside system stopped answering. */
    record SystemDown(Peer peer, String problem) implements Event {}

    /** An outside system answers again. */
    record SystemUp(Peer peer) implements Event {}

    /** A receiver of webhooks cannot be reached, or wants no more. */
    record WebhookDown(String receiver, String problem) implements Event {}

    /** A receiver of webhooks takes them again. */
    record WebhookUp(String receiver) implements Event {}
}
