package net.berth.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.Seen;
import net.berth.model.Guest;
import org.jspecify.annotations.Nullable;

/**
 * A machine that the router sees, in the API.
 *
 * @param guest such as {@code home/qemu/101}, or {@code unknown}
 * @param expires when its lease ends; null when it has no lease or an unknown end
 * @param secondsLeft how long until then
 */
public record LeaseJson(
        String address,
        String mac,
        String source,
        @Nullable String expires,
        @Nullable Long secondsLeft,
        @Nullable String network,
        @Nullable String client,
        String guest,
        @Nullable String name,
        @Nullable String nic,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String note) {

    /**
     * All machines.
     *
     * @param asOf when the router was read
     */
    public record Items(List<LeaseJson> items, String asOf) {
        public static Items of(Seen<List<LeaseReport>> leases) {
            return new Items(leases.value().stream().map(LeaseJson::of).toList(), Texts.time(leases.at()));
        }
    }

    static LeaseJson of(LeaseReport lease) {
        boolean timed = !lease.expires().equals(Instant.MAX) && !lease.expires().equals(Instant.MIN);
        return new LeaseJson(
                lease.address().toString(),
                lease.mac().text(),
                lease.source().toString(),
                timed ? lease.expires().toString() : null,
                timed ? lease.left().toSeconds() : null,
                Texts.orNull(lease.network()),
                Texts.orNull(lease.clientName()),
                lease.guest().map(guest -> guest.id().toString()).orElse("unknown"),
                Texts.orNull(lease.guest().map(Guest::name).orElse("")),
                Texts.orNull(lease.nic()),
                lease.note());
    }
}
