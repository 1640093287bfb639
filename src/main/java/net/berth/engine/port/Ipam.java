package net.berth.engine.port;

import java.util.List;
import java.util.Optional;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.HumanRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowEdit;

/**
 * The port to the source of truth. Writes go one after the other. Every call has a deadline of its own and throws
 * {@link PeerException} when no usable answer came; for a write that means that nobody knows whether it was done, and
 * the caller observes again before it decides anew.
 */
public interface Ipam {

    /** All rows of Berth's that carry a key of this guest, quarantined ones too; one small call. */
    List<AddressRow> rowsOf(GuestId guest);

    /** All host rows inside a prefix, whoever made them. */
    List<AddressRow> rowsIn(Prefix prefix);

    /** The host row of an address, whoever made it; one small call. */
    Optional<AddressRow> rowAt(IpAddress address);

    /**
     * Makes a row for a NIC with exactly the address asked for. Before it adds, and after every lost race, lost reply,
     * time-out or deadlock, it looks for a row of the same key first, so that a NIC never gets two; where two are found
     * afterwards the older one stays.
     */
    Claim claim(NewRow row);

    /** Outcome of a claim. */
    sealed interface Claim {
        /**
         * The row was made now.
         *
         * @param row the row
         */
        record Made(AddressRow row) implements Claim {}

        /**
         * The NIC has a row already, perhaps with another address.
         *
         * @param row the row
         */
        record Had(AddressRow row) implements Claim {}

        /**
         * The address has a row that is not this NIC's.
         *
         * @param address the address
         */
        record Taken(IpAddress address) implements Claim {}
    }

    /**
     * Writes down a row that is a person's from then on.
     *
     * @return false when the address has a row already
     */
    boolean writeDown(HumanRow row);

    /**
     * Changes a row if it still is as it was read: same address, key, source, node and status where they matter.
     *
     * @return the row afterwards; empty when it is no longer as it was read
     */
    Optional<AddressRow> edit(AddressRow seen, RowEdit edit);

    /**
     * Removes a row of Berth's if it still is as it was read, and looks whether it is gone.
     *
     * @return false when it is still there
     */
    boolean remove(AddressRow seen);

    /**
     * The IPv4 prefixes of a pool in which hosts may be: its assignments. Two small calls.
     *
     * @return empty when there is no such pool
     */
    Optional<List<Prefix>> pool(String name);

    /**
     * Proves by small calls that the system, its database and the credentials are good and that addresses of a network
     * can be claimed.
     *
     * @throws PeerException with what is wrong with its prefix or pool (missing, wrong type) or with the system
     */
    void check(Network network);
}
