package net.berth.plan;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;

/** Copies of a guest with something changed. */
public final class GuestEdits {
    private GuestEdits() {}

    /** What may differ from the guest that is copied. */
    private static final class Draft {
        private final Guest guest;
        private GuestId id;
        private String name;
        private String node;
        private GuestStatus status;
        private Duration uptime;
        private String lock;
        private String hookscript;
        private List<String> tags;
        private List<Nic> nics;

        Draft(Guest guest) {
            this.guest = guest;
            id = guest.id();
            name = guest.name();
            node = guest.node();
            status = guest.status();
            uptime = guest.uptime();
            lock = guest.lock();
            hookscript = guest.hookscript();
            tags = guest.tags();
            nics = guest.nics();
        }

        Guest copy() {
            return new Guest(
                    id,
                    name,
                    node,
                    status,
                    uptime,
                    guest.template(),
                    lock,
                    guest.uuid(),
                    guest.cloudInit(),
                    hookscript,
                    tags,
                    nics);
        }
    }

    /** Under another name. */
    public static Guest named(Guest guest, String name) {
        Draft draft = new Draft(guest);
        draft.name = name;
        return draft.copy();
    }

    /** The same machine, disk, MACs and all, under another number. */
    static Guest numbered(Guest guest, int vmid) {
        Draft draft = new Draft(guest);
        GuestId id = new GuestId(guest.id().cluster(), guest.id().type(), vmid);
        draft.id = id;
        draft.nics = guest.nics().stream()
                .map(nic -> new Nic(new NicId(id, nic.id().index()), nic.mac(), nic.bridge(), nic.vlan(), nic.config()))
                .toList();
        return draft.copy();
    }

    /** On another node. */
    public static Guest moved(Guest guest, String node) {
        Draft draft = new Draft(guest);
        draft.node = node;
        return draft.copy();
    }

    /** In another state, for so long. */
    public static Guest inState(Guest guest, GuestStatus status, Duration uptime) {
        Draft draft = new Draft(guest);
        draft.status = status;
        draft.uptime = uptime;
        return draft.copy();
    }

    /** With a lock of Proxmox; empty for none. */
    public static Guest locked(Guest guest, String lock) {
        Draft draft = new Draft(guest);
        draft.lock = lock;
        return draft.copy();
    }

    /** With another hookscript; empty for none. */
    public static Guest hooked(Guest guest, String hookscript) {
        Draft draft = new Draft(guest);
        draft.hookscript = hookscript;
        return draft.copy();
    }

    /** With these tags alone. */
    public static Guest tagged(Guest guest, String... tags) {
        Draft draft = new Draft(guest);
        draft.tags = List.of(tags);
        return draft.copy();
    }

    /** With these NICs alone. */
    public static Guest withNics(Guest guest, List<Nic> nics) {
        Draft draft = new Draft(guest);
        draft.nics = nics;
        return draft.copy();
    }

    /** With each of its NICs changed. */
    public static Guest eachNic(Guest guest, UnaryOperator<Nic> change) {
        return withNics(guest, guest.nics().stream().map(change).toList());
    }

    /** With an address written into the config of one NIC. */
    public static Guest addressed(Guest guest, AddressWrite write) {
        return eachNic(guest, nic -> nic.id().equals(write.nic()) ? configured(nic, write.wanted()) : nic);
    }

    /** A NIC that gets its address in another way. */
    public static Nic configured(Nic nic, NicConfig config) {
        return nic.with(config);
    }
}
