package net.berth.engine.status;

import net.berth.plan.Change;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what became of each change, with its reason, and adds the events of rows. */
public final class ChangeLog {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

    private final EventLog events;

    /** With the log of events. */
    public ChangeLog(EventLog events) {
        this.events = events;
    }

    /** A change was carried out. */
    public void done(Change change) {
        LOG.atInfo()
                .addKeyValue("guest", change.nic().guest())
                .addKeyValue("nic", change.nic().name())
                .addKeyValue("action", change.what())
                .addKeyValue("reason", change.reason())
                .log("{}: {}, because {}", change.nic(), change.what(), change.reason());
        switch (change) {
            case Change.Claim claim ->
                events.add(new Event.AddressClaimed(claim.nic(), claim.row().address(), claim.reason()));
            case Change.Edit edit -> {
                if (edit.adopts()) {
                    events.add(new Event.AddressClaimed(edit.nic(), edit.row().address(), edit.reason()));
                }
            }
            case Change.Free free ->
                events.add(new Event.AddressReleased(free.nic(), free.row().address(), free.reason()));
            case Change.OnRouter other -> {}
            case Change.WriteGuest other -> {}
        }
    }

    /** A change of a row was lost: the row is not as it was read. */
    public void lost(Change change) {
        LOG.info("{}: could not {}: the row has changed meanwhile; planning again", change.nic(), change.what());
    }

    /** A change was not sent to the router. */
    public void stale(Change change, String why) {
        LOG.info("{}: did not {}: {}; planning again", change.nic(), change.what(), why);
    }

    /** The router refused a change. */
    public void refused(Change change, String text) {
        LOG.warn("{}: the router refused to {}: {}", change.nic(), change.what(), text);
    }

    /** Proxmox refused to write a config. */
    public void configRefused(Change change, String why) {
        LOG.warn("{}: Proxmox refused to {}: {}", change.nic(), change.what(), why);
    }

    /** A write into a config is tried again later. */
    public void waits(Change change, String why) {
        LOG.info("{}: {} waits: {}", change.nic(), change.what(), why);
    }
}
