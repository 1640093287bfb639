package net.berth.edgemax.seen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.Neighbour;

/** The router's ARP table, as {@code ip -4 neigh} or {@code show arp} prints it; unfinished entries are left out. */
public final class NeighbourText {
    private static final Pattern NEIGH =
            Pattern.compile("([0-9.]{7,15}) dev \\S+ lladdr ([0-9A-Fa-f:]{17})(?: router)? ([A-Z]+)\\s*");
    // Address, HWtype, HWaddress, Flags: C is complete, M permanent.
    private static final Pattern ARP = Pattern.compile("([0-9.]{7,15})\\s+ether\\s+([0-9A-Fa-f:]{17})\\s+[CMP]+\\s.*");

    private NeighbourText() {}

    public static List<Neighbour> parse(String text) {
        List<Neighbour> found = new ArrayList<>();
        text.lines().forEach(line -> {
            Matcher neigh = NEIGH.matcher(line);
            Matcher arp = ARP.matcher(line + " ");
            if (neigh.matches()) {
                // The kernel: confirmed within its reachable time, some 15 to 45 s.
                boolean proven = neigh.group(3).equals("REACHABLE");
                boolean failed =
                        neigh.group(3).equals("FAILED") || neigh.group(3).equals("INCOMPLETE");
                if (!failed) {
                    neighbour(neigh, proven).ifPresent(found::add);
                }
            } else if (arp.matches()) {
                neighbour(arp, false).ifPresent(found::add);
            }
        });
        return found;
    }

    private static Optional<Neighbour> neighbour(Matcher line, boolean proven) {
        return IpAddress.isAddress(line.group(1)) && MacAddress.isMac(line.group(2))
                ? Optional.of(new Neighbour(IpAddress.parse(line.group(1)), MacAddress.parse(line.group(2)), proven))
                : Optional.empty();
    }
}
