package net.berth.engine.read;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Compute.Presence;
import net.berth.engine.report.Seen;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.World;
import net.berth.model.GuestId;
import net.berth.model.Policy;
import net.berth.model.row.AddressRow;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a guest is gone. Closed on failure: two complete lists in a row must lack the guest, Proxmox must say
 * on each node that its config does not exist, and when more guests than {@code release-limit} are missing at once the
 * operator must confirm.
 */
public record GoneGuests(World world, Compute compute, Policy policy) {
    private static final Logger LOG = LoggerFactory.getLogger(GoneGuests.class);

    /** How many complete lists in a row must lack a guest. */
    public static final int LISTS = 2;

    /** What is known of a missing guest. */
    public enum Verdict {
        /** It is gone, and may be released. */
        GONE,
        /** It may be there, or must not be released now. A later list or pass decides. */
        NOT_NOW,
        /** Proxmox does not say that it is gone: ask again after a while. */
        DOUBTED
    }

    /** Missing guests with this VMID. A VM and a container may have had it one after the other. */
    public List<GuestId> missing(int vmid) {
        return world.numbered(vmid).stream()
                .filter(record -> record.absences() >= LISTS)
                .map(GuestRecord::id)
                .toList();
    }

    /** Whether a missing guest with these rows may be released. */
    public Verdict verdict(GuestRecord record, List<AddressRow> rows) {
        // One look at the lists decides: a list that arrives meanwhile shows the missing guests one after the other.
        Set<GuestId> missing = world.lists().missing(LISTS);
        boolean live = rows.stream().anyMatch(row -> !row.quarantined());
        boolean back = !missing.contains(record.id());
        if (policy.mode() != Policy.Mode.SYNC || back || (live && isHeld(missing))) {
            record.doubt("");
            return Verdict.NOT_NOW;
        }
        String lastNode =
                record.entry().map(Seen::value).map(entry -> entry.node()).orElse("");
        String doubt = doubt(compute.presence(record.id(), lastNode));
        if (doubt.isEmpty()) {
            record.doubt("");
            return Verdict.GONE;
        }
        String text = record.id() + " is in no list, but " + doubt + "; nothing of it is released";
        LOG.warn("{}", text);
        record.doubt(text);
        return Verdict.DOUBTED;
    }

    private static String doubt(Presence presence) {
        return switch (presence) {
            case Presence.Absent absent -> "";
            case Presence.Present present -> "its config is there";
            case Presence.Unknown unknown -> "Proxmox does not say that it does not exist: " + unknown.why();
        };
    }

    /** Missing guests of which Proxmox does not say that they are gone, each with the cause. */
    public List<String> doubts() {
        return world.lists().missing(LISTS).stream()
                .flatMap(id -> world.known(id).stream())
                .map(GuestRecord::doubt)
                .filter(doubt -> !doubt.isEmpty())
                .toList();
    }

    /** Whether more guests are missing at once than the limit; before the first pass their rows are not known. */
    private boolean isHeld(Set<GuestId> missing) {
        return world.pass().ended().equals(Instant.EPOCH) || vanished(missing).size() > policy.releaseLimit();
    }

    /** Missing guests whose rows are live, or not known. */
    private List<GuestId> vanished(Set<GuestId> missing) {
        return missing.stream()
                .filter(id -> world.known(id)
                        .flatMap(GuestRecord::rows)
                        .map(rows -> rows.stream().anyMatch(row -> !row.quarantined()))
                        .orElse(true))
                .toList();
    }

    /** The conflict that names the guests that are held; empty while none is. */
    public List<Conflict> conflicts() {
        List<GuestId> held = vanished(world.lists().missing(LISTS));
        if (held.size() <= policy.releaseLimit()) {
            return List.of();
        }
        String names = held.stream().map(GuestId::toString).collect(Collectors.joining(", "));
        String numbers = held.stream().map(id -> String.valueOf(id.vmid())).collect(Collectors.joining(" "));
        return List.of(new Conflict(
                ConflictCode.RELEASE_HELD,
                "",
                held.size() + " guests disappeared at once, which is more than release-limit (" + policy.releaseLimit()
                        + "). Berth keeps their addresses: " + names,
                "if they were destroyed on purpose: berth release " + numbers));
    }
}
