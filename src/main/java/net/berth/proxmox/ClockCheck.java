package net.berth.proxmox;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import net.berth.engine.SideBySide;
import net.berth.engine.check.Check;
import net.berth.engine.check.Clocks;
import net.berth.engine.check.Finding;
import net.berth.proxmox.api.ClusterUrl;
import net.berth.proxmox.api.PveException;

/** How far the nodes' clocks are from this machine's: the hook signs its messages with the node's time. */
record ClockCheck(List<ClusterUrl> doors, Clock clock) implements Check {
    ClockCheck {
        doors = List.copyOf(doors);
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Finding> look() {
        return SideBySide.map(doors, this::look);
    }

    private Finding look(ClusterUrl door) {
        Instant before = clock.instant();
        try {
            String date = door.api().date();
            Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Clocks.compare(door.url().toString(), theirs, before, clock.instant());
        } catch (DateTimeParseException e) {
            return Finding.yellow(door.url() + ": does not tell its time", "date -u; timedatectl     # on each node");
        } catch (PveException e) {
            return Finding.yellow(door.url() + ": " + e.explanation());
        }
    }
}
