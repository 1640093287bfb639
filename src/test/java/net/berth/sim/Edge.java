package net.berth.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Lease;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterView;
import org.jspecify.annotations.Nullable;

/** The router's active config: nodes with a name, which take what they are given. Nothing is checked for doubles. */
final class Edge {
    private final List<DhcpSubnet> subnets;
    private final Map<String, Mapping> mappings = new LinkedHashMap<>();
    private final Map<String, DnsRecord> records = new LinkedHashMap<>();
    private final Set<Object> byBerth = new LinkedHashSet<>();
    private final Map<Object, Put> puts = new HashMap<>();
    private final Set<Life> sessions = new LinkedHashSet<>();
    private final Judge judge;
    private long lockedUntil;
    private long touchedAt;
    private int writes;
    private int commits;
    List<Lease> leases = List.of();

    Edge(List<DhcpSubnet> subnets, Judge judge) {
        this.subnets = List.copyOf(subnets);
        this.judge = judge;
    }

    /** One node's content before and after; nothing: it is not there. */
    record Edit(String node, @Nullable Object after) {}

    /** By which commit an entry came there, whose it was, and when. */
    private record Put(int commit, Life by, long at) {}

    static String node(Mapping mapping) {
        return "mapping " + mapping.sharedNetwork() + " " + mapping.subnet() + " " + mapping.name();
    }

    static String node(DnsRecord record) {
        return "host " + record.name();
    }

    RouterView view() {
        return new RouterView(
                subnets, new ArrayList<>(mappings.values()), new ArrayList<>(records.values()), leases, List.of());
    }

    /** One commit of Berth's. */
    void commit(Life life, List<Edit> edits, int seen, long now) {
        boolean blind = commits != seen;
        commits++;
        for (Edit edit : edits) {
            Object before = edit.node().startsWith("host ") ? records.get(edit.node()) : mappings.get(edit.node());
            Object after = edit.after();
            if (before != null && !before.equals(after)) {
                judge.entryTaken(before);
                byBerth.remove(before);
                remove(edit.node());
            }
        }
        for (Edit edit : edits) {
            if (edit.after() instanceof Mapping mapping) {
                mappings.put(edit.node(), mapping);
            } else if (edit.after() instanceof DnsRecord record) {
                records.put(edit.node(), record);
            }
        }
        writes += edits.size();
        for (Edit edit : edits) {
            Object after = edit.after();
            if (after != null) {
                if (!(after instanceof DnsRecord record) || judge.leadsToOurs(record)) {
                    byBerth.add(after);
                }
                puts.put(after, new Put(commits, life, now));
                judge.entryPut(after, blind);
            }
        }
    }

    /** Before a session ends it has seen to it that nothing clashes with what it put, as far as it has seen commits. */
    void judgeSession(List<Edit> edits, int seen) {
        for (Edit edit : edits) {
            if (edit.after() instanceof Mapping put && mappings.containsValue(put)) {
                mappings.values().stream()
                        .filter(other -> clash(other, put) && !wasPutSince(other, seen))
                        .forEach(other -> judge.fail("left twice on the router: " + put + " and " + other));
            }
        }
    }

    private boolean wasPutSince(Mapping entry, int commit) {
        return puts.containsKey(entry) && puts.get(entry).commit() > commit;
    }

    /** Whether the receiver that put an entry there was killed right after, so that nobody knows of it any more. */
    boolean isForgotten(Object entry) {
        return puts.containsKey(entry)
                && puts.get(entry).by().diedWithin(puts.get(entry).at(), Judge.RACE);
    }

    /** Whether a receiver that knew no better has just put something there for an address or a MAC, and not this one. */
    boolean isPutByAnother(Life than, IpAddress address, MacAddress mac, long since) {
        return mappings.values().stream()
                .filter(mapping -> mapping.maps(address) || mapping.maps(mac))
                .flatMap(mapping -> Optional.ofNullable(puts.get(mapping)).stream())
                .anyMatch(put -> put.by() != than && put.at() >= since);
    }

    /** Two of Berth's mappings for one address or one MAC. */
    Optional<String> twice() {
        List<Mapping> ours =
                mappings.values().stream().filter(byBerth::contains).toList();
        return ours.stream()
                .flatMap(one -> ours.stream().filter(other -> clash(one, other)).map(other -> one + " and " + other))
                .findFirst();
    }

    private static boolean clash(Mapping one, Mapping other) {
        return !one.equals(other)
                && (one.addressText().equals(other.addressText())
                        || one.macText().equalsIgnoreCase(other.macText()));
    }

    /** How many commits of Berth's there were. */
    int commits() {
        return commits;
    }

    private void remove(String node) {
        mappings.remove(node);
        records.remove(node);
    }

    /** How many nodes Berth has changed. */
    int writes() {
        return writes;
    }

    /** What Berth put there and nobody has touched since. */
    List<Object> byBerth() {
        return byBerth.stream()
                .filter(entry -> mappings.containsValue(entry) || records.containsValue(entry))
                .toList();
    }

    /** An entry is nobody's of Berth's any more: a person took away what said so. */
    void disowned(IpAddress address) {
        byBerth.removeIf(entry -> (entry instanceof Mapping mapping && mapping.maps(address))
                || (entry instanceof DnsRecord record && record.holds(address)));
    }

    /** The same for names alone. */
    void disownedNames(IpAddress address) {
        byBerth.removeIf(entry -> entry instanceof DnsRecord record && record.holds(address));
    }

    Optional<IpAddress> offer(MacAddress mac) {
        return mappings.values().stream()
                .filter(mapping -> !mapping.disabled() && mapping.maps(mac))
                .findFirst()
                .flatMap(Mapping::address);
    }

    /** Between a session's look and its commit. */
    void session(Life life, boolean open) {
        if (open) {
            sessions.add(life);
        } else {
            sessions.remove(life);
        }
    }

    boolean inSession() {
        sessions.removeIf(Life::dead);
        return !sessions.isEmpty();
    }

    void lock(long until) {
        lockedUntil = until;
    }

    boolean locked(long now) {
        return lockedUntil > now;
    }

    /** When a person last changed something. */
    long touchedAt() {
        return touchedAt;
    }

    void byHand(Mapping mapping, long now) {
        mappings.put(node(mapping), mapping);
        touchedAt = now;
    }

    void byHand(DnsRecord record, long now) {
        records.put(node(record), record);
        touchedAt = now;
    }

    void deletedByHand(Object entry, long now) {
        mappings.values().remove(entry);
        records.values().remove(entry);
        byBerth.remove(entry);
        touchedAt = now;
    }
}
