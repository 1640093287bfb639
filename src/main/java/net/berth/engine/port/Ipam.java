package net.berth.engine.port;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * {@link PeerException} when no usable answer came; for a write that means that it may have been done or not, and
 * the caller reads again before it decides.
 */
public interface Ipam {

    /**
     * All of Berth's rows that carry a key of one of these guests, quarantined ones too, in no order: one call for up to
     * some hundred guests. Calls of several threads at the same moment may share one, which is sent after the last of
     * them asked.
     */
    List<AddressRow> rowsOf(Set<GuestId> guests);

    /** The rows of one guest, as {@link #rowsOf(Set)}. */
    default List<AddressRow> rowsOf(GuestId guest) {
        return rowsOf(Set.of(guest));
    }

    /** All host rows inside a prefix, Berth's or not. */
    List<AddressRow> rowsIn(Prefix prefix);

    /** The host row of an address, Berth's or not; one small call. */
    Optional<AddressRow> rowAt(IpAddress address);

    /**
     * Creates rows for NICs, each with exactly the address asked for: two calls per row and one look at all of them. The
     * caller has just read the rows of these NICs and found none. Rows of one NIC that several receivers create at the
     * same moment are reduced to one: a row binds its NIC only after a look showed it alone. After a lost reply, a
     * timeout or a deadlock, the rows are looked at again before anything is sent again.
     *
     * @param rows at most one per NIC
     * @return the outcome of each row, in the order of the rows
     * @throws PeerException when the outcome of no row is known
     */
    List<Claim> claim(List<NewRow> rows);

    /**
     * Creates one row, as {@link #claim(List)}.
     *
     * @throws PeerException also for {@link Claim.Failed}
     */
    default Claim claim(NewRow row) {
        Claim claim = claim(List.of(row)).getFirst();
        if (claim instanceof Claim.Failed failed) {
            throw failed.cause();
        }
        return claim;
    }

    /** Outcome of a claim. */
    sealed interface Claim {
        /**
         * The claim of this row failed; others of the same batch may have succeeded. Unknown is whether the row exists:
         * read the NIC's rows before deciding again.
         */
        record Failed(PeerException cause) implements Claim {}

        /** The row was made now. */
        record Made(AddressRow row) implements Claim {}

        /** The NIC has a row already, perhaps with another address. */
        record Had(AddressRow row) implements Claim {}

        /** The address has a row that is not this NIC's. */
        record Taken(IpAddress address) implements Claim {}
    }

    /**
     * Creates a row that is not Berth's from then on.
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
