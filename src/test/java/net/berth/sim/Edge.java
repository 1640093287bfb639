package net.berth.sim;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.berth.engine.port.Router;
import net.berth.inmemory.RouterConfig;
import net.berth.inmemory.RouterEdits.Edit;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import org.jspecify.annotations.Nullable;

/** The router of a run: its config, who writes there, and what the judge needs to know of it. */
final class Edge extends RouterConfig {
    private final Set<Object> byBerth = new LinkedHashSet<>();
    private final Map<Object, Long> puts = new HashMap<>();
    private final Judge judge;
    private long lockedUntil;
    private long touchedAt;
    private int writes;
    private int commits;
    private int state;
    private @Nullable Shell holder;
    private @Nullable Shell writer;

    Edge(List<DhcpSubnet> subnets, Judge judge) {
        super(subnets);
        this.judge = judge;
    }

    /** A receiver's shell on the router. */
    static final class Shell {
        private final Life life;
        /** Whether the router does not notice when the receiver's machine dies. */
        private final boolean deaf;

        private long lastCommand;
        private long takenAt;
        private long committedAt;
        private boolean closed;

        private Shell(Life life, boolean deaf, long now) {
            this.life = life;
            this.deaf = deaf;
            lastCommand = now;
        }

        @Override
        public String toString() {
            return deaf ? "a shell that does not hear of its end" : "a shell";
        }

        private boolean lives(long now) {
            return !closed && (deaf || !life.dead()) && now - lastCommand < Router.LOCK_PATIENCE.toMillis();
        }
    }

    Shell open(Life life, long now, boolean deaf) {
        return new Shell(life, deaf, now);
    }

    /** Whether a shell gets the lock. It waits for its receiver's commands from then on. */
    boolean takes(Shell shell, long now) {
        if (holder != null && holder.lives(now)) {
            return false;
        }
        holder = shell;
        shell.lastCommand = now;
        shell.takenAt = now;
        return true;
    }

    /** Whether a command arrives in time: a shell that got none for a minute has ended. */
    boolean serves(Shell shell, long now) {
        boolean lives = shell.lives(now);
        shell.closed = !lives;
        shell.lastCommand = now;
        return lives;
    }

    void close(Shell shell) {
        shell.closed = true;
    }

    /** Another one after each change, whoever made it. */
    int state() {
        return state;
    }

    /** One commit of Berth's. */
    void commit(Shell shell, List<Edit> edits, long now) {
        state++;
        commits++;
        if (writer != null && writer != shell && writer.committedAt > shell.takenAt) {
            judge.writtenAtOnce(edits);
        }
        writer = shell;
        shell.committedAt = now;
        for (Edit edit : edits) {
            at(edit.node()).filter(before -> !before.equals(edit.after())).ifPresent(before -> {
                judge.entryTaken(before);
                if (edits.stream().allMatch(other -> other.after() == null)) {
                    judge.loans().entryRemoved(before);
                }
                byBerth.remove(before);
                remove(before);
            });
        }
        commit(edits);
        writes += edits.size();
        for (Edit edit : edits) {
            Object after = edit.after();
            if (after != null) {
                if (!judge.loans().isLent(after)
                        && (!(after instanceof DnsRecord record) || judge.leadsToOurs(record))) {
                    byBerth.add(after);
                }
                puts.put(after, now);
                judge.entryPut(after, shell.takenAt);
            }
        }
    }

    /** Whether an entry was put there while or soon after a person did something: they were on their way together. */
    boolean isPutSoonAfter(Object entry, long time) {
        long at = puts.getOrDefault(entry, 0L);
        return time > 0 && at >= time && at - time < Router.LOCK_PATIENCE.toMillis();
    }

    /** How many commits of Berth's there were. */
    int commits() {
        return commits;
    }

    /** How many nodes Berth has changed. */
    int writes() {
        return writes;
    }

    /** What Berth put there and nobody has touched since. */
    List<Object> byBerth() {
        return byBerth.stream()
                .filter(entry -> mappings.contains(entry) || records.contains(entry))
                .toList();
    }

    /** An entry is nobody's of Berth's any more: a person took away what said so. */
    void disowned(IpAddress address) {
        byBerth.removeIf(entry -> (entry instanceof Mapping mapping && mapping.maps(address))
                || (entry instanceof DnsRecord record && record.holds(address)));
    }

    /** The same for mappings of which a row, as a person has written it, does not have two of three parts. */
    void disownedMappings(AddressRow row) {
        byBerth.removeIf(entry ->
                entry instanceof Mapping mapping && mapping.maps(row.address()) && !Owned.isTwoOfThree(mapping, row));
    }

    /** The same for names alone. */
    void disownedNames(IpAddress address) {
        byBerth.removeIf(entry -> entry instanceof DnsRecord record && record.holds(address));
    }

    Optional<IpAddress> offer(MacAddress mac) {
        return mappings.stream()
                .filter(mapping -> !mapping.disabled() && mapping.maps(mac))
                .findFirst()
                .flatMap(Mapping::address);
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

    void byHand(Object entry, long now) {
        put(entry);
        touchedAt = now;
        state++;
    }

    void deletedByHand(Object entry, long now) {
        remove(entry);
        byBerth.remove(entry);
        touchedAt = now;
        state++;
    }
}
