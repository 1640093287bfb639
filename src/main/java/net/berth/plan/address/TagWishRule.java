package net.berth.plan.address;

import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.row.AddressRow;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/**
 * Honours a tag like {@code ip-192-168-1-50} while the NIC has no address yet. Once it is bound the tag means nothing: a
 * NIC keeps its address.
 */
final class TagWishRule {
    private static final String START = "ip-";

    private TagWishRule() {}

    /** Empty when the guest has no wish that this NIC could grant. */
    static Optional<Binding> decide(NicCase c) {
        return wishes(c.guest())
                .filter(address -> c.network().prefix().contains(address))
                .filter(address -> !c.rows().isGiven(address) && !isOtherNics(c, address))
                .findFirst()
                .map(address -> granted(c, address));
    }

    private static Stream<IpAddress> wishes(Guest guest) {
        // Proxmox allows no dots in a tag.
        return guest.tags().stream()
                .filter(tag -> tag.startsWith(START))
                .map(tag -> tag.substring(START.length()).replace('-', '.'))
                .filter(IpAddress::isAddress)
                .map(IpAddress::parse);
    }

    private static boolean isOtherNics(NicCase c, IpAddress address) {
        return c.rows()
                .at(address)
                .filter(row -> !row.quarantined())
                .flatMap(AddressRow::nic)
                .filter(nic -> nic.guest().equals(c.guest().id()))
                .isPresent();
    }

    private static Binding granted(NicCase c, IpAddress address) {
        Optional<String> obstacle = FreeAddress.obstacle(c, address);
        if (obstacle.isEmpty()) {
            return new Binding.New(address, "the address that its tag asks for");
        }
        String tag = START + address.toString().replace('.', '-');
        c.conflict(
                ConflictCode.WISH_NOT_FREE,
                c.title() + " asks for " + address + " by its tag " + tag + ", but " + obstacle.get(),
                "free the address, or give the guest another tag, or none for the lowest free address");
        return new Binding.Blocked();
    }
}
