package net.berth.proxmox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.berth.engine.port.Compute.WriteResult;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveError;
import net.berth.proxmox.api.PveException;
import net.berth.proxmox.text.ConfigTextException;
import net.berth.proxmox.text.GuestConfig;
import net.berth.proxmox.text.IpConfig;
import net.berth.proxmox.text.NetText;

/** Writes an address into a guest's config: one read, a comparison, and one write with the digest of what was read. */
final class AddressWriter {
    private final PveApi api;

    AddressWriter(PveApi api) {
        this.api = api;
    }

    WriteResult write(AddressWrite write) {
        GuestId id = write.nic().guest();
        try {
            GuestConfig config = api.pending(write.node(), id);
            if (config.template()) {
                return new WriteResult.Stale(id + " is a template");
            }
            return change(write, config);
        } catch (ConfigTextException e) {
            return new WriteResult.Stale(write.nic() + ": " + e.getMessage());
        } catch (PveException e) {
            return outcome(e);
        }
    }

    /** Has Proxmox make the cloud-init image of a VM again. */
    WriteResult regenerateImage(Guest guest) {
        if (guest.id().type() != GuestType.QEMU || !guest.cloudInit()) {
            return new WriteResult.Unchanged();
        }
        try {
            api.putCloudInit(guest.node(), guest.id());
            return new WriteResult.Written();
        } catch (PveException e) {
            return outcome(e);
        }
    }

    private WriteResult change(AddressWrite write, GuestConfig config) {
        Optional<Change> found = find(write, config);
        if (found.isEmpty()) {
            return new WriteResult.Stale(write.nic() + " is not there any more, or not with the MAC " + write.mac());
        }
        Change change = found.get();
        if (change.before().equals(write.wanted())) {
            return new WriteResult.Unchanged();
        }
        if (!change.before().equals(write.planned())) {
            return new WriteResult.Stale("the config of " + write.nic() + " has changed meanwhile");
        }
        if (!config.lock().isEmpty()) {
            return new WriteResult.Locked(config.lock());
        }
        GuestId id = write.nic().guest();
        if (config.waits(change.key())) {
            // The write would replace the pending change, or be undone by it; it may wait for days.
            return new WriteResult.Locked("a change of " + change.key() + " waits for the next start");
        }
        Map<String, String> values = new TreeMap<>(Map.of(change.key(), change.value(), "digest", config.digest()));
        putResolver(values, write, config);
        api.putConfig(write.node(), id, values);
        return new WriteResult.Written();
    }

    /** A first fixed address brings no name servers along as DHCP did; what the config already names stays. */
    private static void putResolver(Map<String, String> values, AddressWrite write, GuestConfig config) {
        if (!write.nameservers().isEmpty() && !config.has("nameserver")) {
            // Blanks: the generator does not split at commas (qemu-server PVE::QemuServer::Cloudinit).
            values.put(
                    "nameserver",
                    write.nameservers().stream().map(IpAddress::toString).collect(Collectors.joining(" ")));
        }
        if (!write.searchDomain().isEmpty() && !config.has("searchdomain")) {
            values.put("searchdomain", write.searchDomain());
        }
    }

    /** A config key, what it is to become, and what it says now. */
    private record Change(String key, String value, NicConfig before) {}

    /** Empty when the NIC is not there or has another MAC. */
    private static Optional<Change> find(AddressWrite write, GuestConfig config) {
        String key = write.nic().name();
        if (config.get(key).isEmpty()) {
            return Optional.empty();
        }
        Nic now = GuestReader.nic(write.nic(), config.get(key), config);
        if (!now.mac().equals(write.mac())) {
            return Optional.empty();
        }
        if (write.nic().guest().type() == GuestType.LXC) {
            NetText changed = NetText.ofContainer(config.get(key)).with(write.wanted());
            return Optional.of(new Change(key, changed.toString(), now.config()));
        }
        String ipconfig = "ipconfig" + write.nic().index();
        IpConfig changed = IpConfig.parse(config.get(ipconfig)).with(write.wanted());
        return Optional.of(new Change(ipconfig, changed.toString(), now.config()));
    }

    /** The outcome that an error means; throws the port's exception when it is not known, or no node answered. */
    static WriteResult outcome(PveException failure) {
        return switch (failure.error()) {
            case PveError.ConfigBusy busy -> new WriteResult.Busy(busy.text());
            case PveError.DigestMismatch mismatch -> new WriteResult.Busy(mismatch.text());
            case PveError.GuestLocked locked -> new WriteResult.Locked(locked.lock());
            case PveError.NoSuchConfig gone -> new WriteResult.Stale(gone.text());
            case PveError.Forbidden forbidden -> new WriteResult.Refused(failure.explanation());
            case PveError.BadParameter bad -> new WriteResult.Refused(failure.explanation());
            case PveError.Other other -> new WriteResult.Refused(failure.explanation());
            case PveError.Unauthorized unauthorized -> throw failure.asPeerException();
            case PveError.NodeUnreachable unreachable -> throw failure.asPeerException();
            case PveError.NotConnected notConnected -> throw failure.asPeerException();
            case PveError.NoAnswer noAnswer -> throw failure.asPeerException();
            case PveError.Garbled garbled -> throw failure.asPeerException();
        };
    }
}
