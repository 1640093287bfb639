package net.berth.setup.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.Prefix;
import net.berth.model.router.Lease;
import net.berth.model.router.Neighbour;
import net.berth.model.router.RouterView;
import net.berth.setup.ask.SetupException;

/** Finds the addresses that no guest should get: the first ones, where people keep machines, and those seen in use. Pure. */
public final class Exclusions {
    private static final int FIRST = 2;
    private static final int LAST = 19;
    private static final int SMALLEST = 26;

    private Exclusions() {}

    /** What is proposed for a network. */
    public static List<AddressRange> proposed(ProposedNetwork network, List<Guest> guests, RouterView view) {
        Prefix prefix = network.prefix();
        Set<IpAddress> found = new TreeSet<>(inUse(guests, view)
                .filter(prefix::isHost)
                .filter(address -> !address.toString().equals(network.gateway()))
                .filter(address -> view.subnets().stream()
                        .flatMap(subnet -> subnet.ranges().stream())
                        .noneMatch(range -> range.contains(address)))
                .toList());
        // Where no gateway is known, the address that most gateways have is not given to a guest.
        int first = network.gateway().isEmpty() ? 1 : FIRST;
        int last = prefix.length() <= SMALLEST ? LAST : 1;
        for (int i = first; i <= last; i++) {
            found.add(prefix.network().plus(i));
        }
        return ranges(List.copyOf(found));
    }

    /** Reads an answer: ranges with commas or blanks between them, or {@code none}. */
    public static List<AddressRange> parse(String text, Prefix prefix) {
        if (text.equalsIgnoreCase("none")) {
            return List.of();
        }
        List<AddressRange> ranges =
                Stream.of(text.split("[,\\s]+")).map(AddressRange::parse).toList();
        for (AddressRange range : ranges) {
            if (!prefix.contains(range.first()) || !prefix.contains(range.last())) {
                throw new SetupException(range + " is not inside " + prefix);
            }
        }
        return ranges;
    }

    public static String text(List<AddressRange> ranges) {
        return ranges.isEmpty()
                ? "none"
                : ranges.stream().map(AddressRange::toString).collect(Collectors.joining(", "));
    }

    /** Addresses of machines that are no guests and have no lease: a lease comes and goes. */
    private static Stream<IpAddress> inUse(List<Guest> guests, RouterView view) {
        Set<MacAddress> ours = guests.stream()
                .flatMap(guest -> guest.nics().stream())
                .map(Nic::mac)
                .collect(Collectors.toSet());
        Set<IpAddress> leased = view.leases().stream().map(Lease::address).collect(Collectors.toSet());
        Stream<IpAddress> met = view.neighbours().stream()
                .filter(neighbour -> !ours.contains(neighbour.mac()))
                .map(Neighbour::address);
        Stream<IpAddress> mapped = view.mappings().stream()
                .filter(mapping -> mapping.mac().filter(ours::contains).isEmpty())
                .flatMap(mapping -> mapping.address().stream());
        return Stream.concat(met.filter(address -> !leased.contains(address)), mapped);
    }

    private static List<AddressRange> ranges(List<IpAddress> sorted) {
        List<AddressRange> ranges = new ArrayList<>();
        for (IpAddress address : sorted) {
            boolean next = !ranges.isEmpty() && ranges.getLast().last().plus(1).equals(address);
            IpAddress first = next ? ranges.removeLast().first() : address;
            ranges.add(new AddressRange(first, address));
        }
        return List.copyOf(ranges);
    }
}
