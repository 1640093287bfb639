package net.berth.engine.report;

import java.time.Instant;
import java.util.List;
import net.berth.plan.Change;
import net.berth.plan.Conflict;

/**
 * Result of a full pass.
 *
 * @param guests every guest that Proxmox shows, by VMID
 * @param releases what is to be done about rows whose guest is gone
 * @param conflicts conflicts that concern no visible guest
 * @param gaps what could not be read, in words; a pass with gaps releases nothing
 * @param asOf when the comparison began
 */
public record PassReport(
        List<GuestReport> guests, List<Change> releases, List<Conflict> conflicts, List<String> gaps, Instant asOf) {

    /** Copies the lists. */
    public PassReport {
        guests = List.copyOf(guests);
        releases = List.copyOf(releases);
        conflicts = List.copyOf(conflicts);
        gaps = List.copyOf(gaps);
    }

    /** Whether anything is left to be done. */
    public boolean pending() {
        return !releases.isEmpty()
                || guests.stream().anyMatch(guest -> !guest.changes().isEmpty());
    }
}
