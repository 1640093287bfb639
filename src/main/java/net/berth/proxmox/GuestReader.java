package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.proxmox.text.ConfigTextException;
import net.berth.proxmox.text.GuestConfig;
import net.berth.proxmox.text.IpConfig;
import net.berth.proxmox.text.LxcNet;
import net.berth.proxmox.text.QemuNet;

/** Makes a guest from its entry in the list and its config. */
final class GuestReader {
    private GuestReader() {}

    /**
     * A guest: node, status and uptime come from the entry, all else from the config.
     *
     * @throws PeerException when a NIC cannot be read: left out, it would look like a NIC that is gone
     */
    static Guest guest(Inventory.Entry entry, GuestConfig config) {
        return new Guest(
                entry.id(),
                config.name(),
                entry.node(),
                entry.status(),
                entry.uptime(),
                config.template(),
                config.lock(),
                config.uuid(),
                config.cloudInit(),
                config.hookscript(),
                config.tags(),
                nics(entry.id(), config));
    }

    /**
     * The entry of a guest from a line of a list of guests, or from the answer of status/current. A VM that a backup
     * started and holds (qmpstatus {@code prelaunch}, which only status/current has) does not run: its system never boots.
     */
    static Inventory.Entry entry(GuestId id, String node, JsonNode line) {
        GuestStatus status = line.path("qmpstatus").asText("").equals("prelaunch")
                ? GuestStatus.STOPPED
                : GuestStatus.of(line.path("status").asText(""));
        long uptime = status == GuestStatus.RUNNING ? line.path("uptime").asLong(0) : 0;
        return new Inventory.Entry(
                id,
                node,
                line.path("name").asText(""),
                status,
                line.path("lock").asText(""),
                Duration.ofSeconds(Math.max(0, uptime)));
    }

    private static List<Nic> nics(GuestId id, GuestConfig config) {
        List<Nic> nics = new ArrayList<>();
        config.nets().forEach((index, text) -> {
            try {
                nics.add(nic(new NicId(id, index), text, config));
            } catch (IllegalArgumentException | ConfigTextException e) {
                throw new PeerException(
                        Peer.PROXMOX,
                        PeerException.Kind.GARBLED,
                        "Proxmox: net" + index + " of " + id + " cannot be read: " + e.getMessage(),
                        e);
            }
        });
        return nics;
    }

    private static Nic nic(NicId id, String text, GuestConfig config) {
        if (id.guest().type() == GuestType.LXC) {
            LxcNet net = LxcNet.parse(text);
            return new Nic(id, mac(text, net.mac()), net.bridge().orElse(""), net.tag(), net.nicConfig());
        }
        QemuNet net = QemuNet.parse(text);
        return new Nic(
                id,
                mac(text, net.mac()),
                net.bridge().orElse(""),
                net.tag(),
                config.cloudInit() ? ipconfig(config.get("ipconfig" + id.index())) : new NicConfig.None());
    }

    private static MacAddress mac(String text, Optional<MacAddress> mac) {
        return mac.orElseThrow(() -> new ConfigTextException(text, "the NIC has no MAC address"));
    }

    private static NicConfig ipconfig(String text) {
        try {
            return IpConfig.parse(text).nicConfig();
        } catch (ConfigTextException e) {
            // Proxmox keeps what a person wrote into the file by hand.
            return new NicConfig.Other(text);
        }
    }
}
