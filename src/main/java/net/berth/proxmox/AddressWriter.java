package net.berth.proxmox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.berth.engine.port.Compute.WriteResult;
import net.berth.model.AddressWrite;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveException;
import net.berth.proxmox.text.ConfigTextException;
import net.berth.proxmox.text.GuestConfig;
import net.berth.proxmox.text.IpConfig;
import net.berth.proxmox.text.LxcNet;
import net.berth.proxmox.text.QemuNet;

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
            return WriteResults.of(e);
        }
    }

    private WriteResult change(AddressWrite write, GuestConfig config) {
        Optional<Change> found = change(write.nic().guest().type(), write, config);
        if (found.isEmpty()) {
            return new WriteResult.Stale(write.nic() + " is not there any more, or not with the MAC " + write.mac());
        }
        Change change = found.get();
        if (change.isDone(write)) {
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
        if (!(change.before() instanceof NicConfig.Static)) {
            putResolver(values, write, config);
        }
        api.putConfig(write.node(), id, values);
        return new WriteResult.Written();
    }

    /** A fixed address brings no name servers along as DHCP did; what the config names stays. */
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

    /**
     * What one key is to become.
     *
     * @param key the config key
     * @param value its new value
     * @param before what it says now
     */
    private record Change(String key, String value, NicConfig before) {
        boolean isDone(AddressWrite write) {
            return before.equals(
                    new NicConfig.Static(write.address(), write.gateway().toString()));
        }
    }

    /** Empty when the NIC is not there or has another MAC. */
    private static Optional<Change> change(GuestType type, AddressWrite write, GuestConfig config) {
        String netKey = write.nic().name();
        if (config.get(netKey).isEmpty()) {
            return Optional.empty();
        }
        return switch (type) {
            case LXC -> {
                LxcNet net = LxcNet.parse(config.get(netKey));
                yield same(net.mac(), write)
                        ? Optional.of(new Change(
                                netKey,
                                net.withAddress(write.address(), write.gateway())
                                        .toString(),
                                net.nicConfig()))
                        : Optional.empty();
            }
            case QEMU -> {
                String key = "ipconfig" + write.nic().index();
                IpConfig now = IpConfig.parse(config.get(key));
                yield same(QemuNet.parse(config.get(netKey)).mac(), write)
                        ? Optional.of(new Change(
                                key,
                                now.withAddress(write.address(), write.gateway())
                                        .toString(),
                                now.nicConfig()))
                        : Optional.empty();
            }
        };
    }

    private static boolean same(Optional<MacAddress> mac, AddressWrite write) {
        return mac.filter(write.mac()::equals).isPresent();
    }
}
