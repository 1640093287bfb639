package net.berth.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All guests that Proxmox lists.
 *
 * @param guests the guests that are visible; one that is not here need not be gone
 * @param nodes the names of the cluster's nodes, as far as they are known
 * @param gap why the list may lack guests (a node offline, no quorum); empty when nothing hints at it
 */
public record Inventory(List<Entry> guests, Set<String> nodes, String gap) {

    /** Copies the collections. */
    public Inventory {
        guests = List.copyOf(guests);
        nodes = Set.copyOf(nodes);
    }

    /** With those nodes that have guests. */
    public Inventory(List<Entry> guests, String gap) {
        this(guests, guests.stream().map(Entry::node).collect(Collectors.toSet()), gap);
    }

    /**
     * One line of the list.
     *
     * @param name its name; empty while Proxmox does not report it (about 10 s after a clone)
     * @param lock the config's {@code lock} such as {@code backup}; empty when there is none
     * @param uptime since its start, as old as the list; zero when it does not run
     */
    public record Entry(GuestId id, String node, String name, GuestStatus status, String lock, Duration uptime) {

        /** Bounds the names. */
        public Entry {
            node = ShownText.NAME.cut(node);
            name = ShownText.NAME.cut(name);
        }

        /** The entry of a guest as it was read. */
        public static Entry of(Guest guest) {
            return new Entry(guest.id(), guest.node(), guest.name(), guest.status(), guest.lock(), guest.uptime());
        }

        /** Whether both entries are equal, apart from the uptime. */
        public boolean isLike(Entry other) {
            return id.equals(other.id)
                    && node.equals(other.node)
                    && name.equals(other.name)
                    && status == other.status
                    && lock.equals(other.lock);
        }

        /** The entry with another status. */
        public Entry as(GuestStatus now, Duration since) {
            return new Entry(id, node, name, now, lock, since);
        }
    }

    /** Whether every node answered. */
    public boolean complete() {
        return gap.isEmpty();
    }

    /** What this list or another one shows; of a guest that is in both, what this one says. */
    public Inventory and(Inventory other) {
        Set<GuestId> here = guests.stream().map(Entry::id).collect(Collectors.toSet());
        Stream<Entry> more = other.guests.stream().filter(entry -> !here.contains(entry.id()));
        Set<String> all = Stream.concat(nodes.stream(), other.nodes.stream()).collect(Collectors.toSet());
        return new Inventory(Stream.concat(guests.stream(), more).toList(), all, complete() ? other.gap : gap);
    }

    /** The entry with a VMID; Proxmox gives a VMID to one guest of a cluster at a time. */
    public Optional<Entry> find(int vmid) {
        return guests.stream().filter(entry -> entry.id().vmid() == vmid).findFirst();
    }
}
