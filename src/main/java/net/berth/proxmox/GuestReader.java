package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.proxmox.text.ConfigTextException;
import net.berth.proxmox.text.GuestConfig;
import net.berth.proxmox.text.IpConfig;
import net.berth.proxmox.text.LxcNet;
import net.berth.proxmox.text.QemuNet;

/** Makes a guest of its config and its status. */
final class GuestReader {
    private GuestReader() {}

    /**
     * Reads a guest.
     *
     * @throws PeerException when a NIC cannot be read: left out, it would look like a NIC that is gone
     */
    static Guest guest(GuestId id, String node, GuestConfig config, JsonNode status) {
        return new Guest(
                id,
                config.name(),
                node,
                status(status),
                Duration.ofSeconds(Math.max(0, status.path("uptime").asLong(0))),
                config.template(),
                config.lock(),
                config.uuid(),
                config.cloudInit(),
                config.hookscript(),
                config.tags(),
                nics(id, config));
    }

    /** A VM that a backup started and holds (qmpstatus {@code prelaunch}) does not run: its system never boots. */
    private static GuestStatus status(JsonNode status) {
        return status.path("qmpstatus").asText("").equals("prelaunch")
                ? GuestStatus.STOPPED
                : GuestStatus.of(status.path("status").asText(""));
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

    private static MacAddress mac(String text, java.util.Optional<MacAddress> mac) {
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
