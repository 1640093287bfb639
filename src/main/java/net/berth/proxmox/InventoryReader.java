package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveError;
import net.berth.proxmox.api.PveException;

/** The list of guests, and why it may lack some. */
final class InventoryReader {
    private static final String CALL = "GET /cluster/resources";
    private static final int HIGHEST_VMID = 999_999_999;
    private final PveApi api;
    private final ClusterNodes nodes;
    private final String cluster;

    InventoryReader(PveApi api, ClusterNodes nodes, String cluster) {
        this.api = api;
        this.nodes = nodes;
        this.cluster = cluster;
    }

    Inventory read() {
        // Nodes on both sides of the list: one that went down in between is seen by one of the two.
        List<String> before = nodes.gaps();
        List<Inventory.Entry> entries =
                api.guests(this::entry).stream().flatMap(Optional::stream).toList();
        List<String> gaps = new ArrayList<>(before.isEmpty() ? nodes.offline() : before);
        if (entries.isEmpty()) {
            gaps.add("no guest is visible: the token may have lost VM.Audit");
        }
        return new Inventory(entries, String.join("; ", gaps));
    }

    /** Empty for a line of something else. */
    private Optional<Inventory.Entry> entry(JsonNode line) {
        String type = line.path("type").asText("");
        return type.equals("qemu") || type.equals("lxc") ? Optional.of(entry(type, line)) : Optional.empty();
    }

    private Inventory.Entry entry(String type, JsonNode line) {
        int vmid = line.path("vmid").asInt(0);
        String node = line.path("node").asText("");
        if (vmid <= 0 || vmid > HIGHEST_VMID || node.isEmpty()) {
            throw new PveException(CALL, new PveError.Garbled("a guest without VMID or node: " + line));
        }
        return GuestReader.entry(new GuestId(cluster, GuestType.of(type), vmid), node, line);
    }
}
