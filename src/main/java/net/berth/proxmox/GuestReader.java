package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.proxmox.text.ConfigTextException;
import net.berth.proxmox.text.GuestConfig;
import net.berth.proxmox.text.IpConfig;
import net.berth.proxmox.text.NetText;

/** Reads guests from the answers of Proxmox: entries of the list, configs, and what a guest says of its interfaces. */
final class GuestReader {
    private static final Set<String> IPV4 = Set.of("ipv4", "inet");

    /** More than a machine has on one interface by any usual means. */
    private static final int ADDRESSES_OF_A_NIC = 16;

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

    /** One NIC, from its string and what the config says about its address. */
    static Nic nic(NicId id, String text, GuestConfig config) {
        boolean container = id.guest().type() == GuestType.LXC;
        NetText net = container ? NetText.ofContainer(text) : NetText.ofVm(text);
        MacAddress mac = net.mac().orElseThrow(() -> new ConfigTextException(text, "the NIC has no MAC address"));
        String ignored = config.ignored(id.index());
        NicConfig address = container ? net.nicConfig() : ipconfig(config.get("ipconfig" + id.index()));
        return new Nic(
                id,
                mac,
                net.bridge().orElse(""),
                net.tag(),
                ignored.isEmpty() ? address : new NicConfig.Ignored(ignored, fixed(address)),
                net.unplugged());
    }

    private static NicConfig ipconfig(String text) {
        try {
            return IpConfig.parse(text).nicConfig();
        } catch (ConfigTextException e) {
            // Proxmox keeps what a human wrote into the file by hand.
            return new NicConfig.Other(text);
        }
    }

    private static List<IpAddress> fixed(NicConfig config) {
        return config instanceof NicConfig.Static fixed
                ? List.of(fixed.address().address())
                : List.of();
    }

    /**
     * The addresses of a guest's interfaces, as the guest agent of a VM or the host of a container gives them; what is no
     * address of Berth's family, or one that says nothing, is left out, and what is more than 16 for one MAC.
     */
    static List<LiveAddress> live(JsonNode data) {
        JsonNode interfaces = data.isArray() ? data : data.path("result");
        Map<MacAddress, Set<LiveAddress>> found = new LinkedHashMap<>();
        for (JsonNode each : interfaces) {
            // Containers of Proxmox VE 8 know the older word only.
            String mac =
                    each.path("hardware-address").asText(each.path("hwaddr").asText(""));
            if (MacAddress.isMac(mac)) {
                MacAddress nic = MacAddress.parse(mac);
                Set<LiveAddress> own = found.computeIfAbsent(nic, first -> new LinkedHashSet<>());
                addresses(each).stream()
                        .limit(ADDRESSES_OF_A_NIC - own.size())
                        .forEach(address -> own.add(new LiveAddress(nic, IpAddress.parse(address))));
            }
        }
        return found.values().stream().flatMap(Set::stream).toList();
    }

    private static Set<String> addresses(JsonNode each) {
        // In their order: further addresses that come and go, such as a cluster's virtual one, are behind the first.
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode ip : each.path("ip-addresses")) {
            if (IPV4.contains(ip.path("ip-address-type").asText(""))) {
                texts.add(ip.path("ip-address").asText(""));
            }
        }
        texts.add(each.path("inet").asText("").replaceFirst("/.*", ""));
        texts.removeIf(text -> !IpAddress.isAddress(text) || isOfNoNetwork(text));
        return texts;
    }

    /** What an interface gives itself while it has nothing, and the loopback's. */
    private static boolean isOfNoNetwork(String text) {
        return text.startsWith("169.254.") || text.startsWith("127.") || text.equals("0.0.0.0");
    }
}
