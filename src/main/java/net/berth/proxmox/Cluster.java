package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveError;
import net.berth.proxmox.api.PveException;

/**
 * The cluster: its nodes, whether they are online, and its list of guests. Quorum is known only with Sys.Audit on the root,
 * which Berth does not ask for: without it the nodes' own states have to do.
 */
final class Cluster {
    private static final String ONLINE = "online";

    /** After a refusal cluster/status is asked again this many calls later: the right may have been granted. */
    private static final int REFUSED_FOR = 100;

    private static final int HIGHEST_VMID = 999_999_999;

    private final PveApi api;
    private final String name;
    private final AtomicInteger refused = new AtomicInteger();

    Cluster(PveApi api, String name) {
        this.api = api;
        this.name = name;
    }

    /** The names of the nodes that a call showed, and why a list of guests may be incomplete by it. */
    private record Nodes(Set<String> names, List<String> gaps) {
        static Nodes of(List<JsonNode> lines, String name, Function<JsonNode, Optional<String>> gap) {
            Set<String> names =
                    lines.stream().map(line -> line.path(name).asText("?")).collect(Collectors.toSet());
            return new Nodes(
                    names,
                    lines.stream().flatMap(line -> gap.apply(line).stream()).toList());
        }
    }

    /** The list of guests, and why it may lack some. */
    Inventory inventory() {
        // Nodes on both sides of the list: one that went down in between is seen by one of the two.
        Nodes before = nodes();
        List<Inventory.Entry> entries =
                api.guests(this::entry).stream().flatMap(Optional::stream).toList();
        List<String> gaps = new ArrayList<>((before.gaps().isEmpty() ? listed() : before).gaps());
        if (entries.isEmpty()) {
            requireSight();
            gaps.add("no guest is visible");
        }
        return new Inventory(entries, before.names(), String.join("; ", gaps));
    }

    /** Without VM.Audit on anything the list is empty, and looks like a cluster without guests. */
    private void requireSight() {
        boolean sees = api.permissions().properties().stream()
                .anyMatch(path -> path.getValue().has("VM.Audit"));
        if (!sees) {
            throw new PveException(
                    "GET /cluster/resources", new PveError.Forbidden("/vms", "VM.Audit", "no guest is visible"));
        }
    }

    /** Empty for a line of something else. */
    private Optional<Inventory.Entry> entry(JsonNode line) {
        String type = line.path("type").asText("");
        if (!type.equals("qemu") && !type.equals("lxc")) {
            return Optional.empty();
        }
        int vmid = line.path("vmid").asInt(0);
        String node = line.path("node").asText("");
        if (vmid <= 0 || vmid > HIGHEST_VMID || node.isEmpty()) {
            throw new PveException(
                    "GET /cluster/resources", new PveError.Garbled("a guest without VMID or node: " + line));
        }
        return Optional.of(GuestReader.entry(new GuestId(name, GuestType.of(type), vmid), node, line));
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        api.nodes().forEach(node -> names.add(node.path("node").asText("")));
        return names;
    }

    /** Nodes that are online, and whether these are all. */
    record Online(List<String> names, boolean all) {}

    /** The names of the nodes that are online; one call. */
    Online online() {
        List<JsonNode> nodes = api.nodes();
        List<String> names = nodes.stream()
                .filter(Cluster::isOnline)
                .map(node -> node.path("node").asText(""))
                .toList();
        return new Online(names, names.size() == nodes.size());
    }

    private static boolean isOnline(JsonNode node) {
        return node.path("status").asText("").equals(ONLINE);
    }

    /** The nodes, with those that are not online as gaps; one call. */
    private Nodes listed() {
        List<JsonNode> nodes = api.nodes();
        if (nodes.isEmpty()) {
            return new Nodes(Set.of(), List.of("Proxmox lists no node"));
        }
        return Nodes.of(
                nodes,
                "node",
                node -> isOnline(node)
                        ? Optional.empty()
                        : Optional.of("node " + node.path("node").asText("?") + " is "
                                + node.path("status").asText("in an unknown state")));
    }

    /** As {@link #listed}, and whether the quorum is missing; one call, or two where the right is missing. */
    private Nodes nodes() {
        Optional<List<JsonNode>> status = status();
        if (status.isEmpty()) {
            return listed();
        }
        Nodes nodes = Nodes.of(
                of(status.get(), "node").toList(),
                "name",
                node -> node.path(ONLINE).asText("").equals("1")
                        ? Optional.empty()
                        : Optional.of("node " + node.path("name").asText("?") + " is offline"));
        List<String> gaps = new ArrayList<>(nodes.gaps());
        if (!of(status.get(), "cluster").allMatch(Cluster::isQuorate)) {
            gaps.add("the cluster has no quorum");
        }
        return new Nodes(nodes.names(), gaps);
    }

    /**
     * Whether a list of nodes has all nodes of the cluster. A node whose cluster software does not run lists itself alone;
     * so a list of one node needs a cluster that says that it has a quorum.
     */
    boolean areAll(Set<String> names) {
        return names.size() > 1
                || status().filter(lines -> of(lines, "cluster").anyMatch(Cluster::isQuorate))
                        .isPresent();
    }

    private static Stream<JsonNode> of(List<JsonNode> lines, String type) {
        return lines.stream().filter(line -> line.path("type").asText("").equals(type));
    }

    private static boolean isQuorate(JsonNode cluster) {
        return cluster.path("quorate").asText("1").equals("1");
    }

    /** Empty without the right. */
    private Optional<List<JsonNode>> status() {
        if (refused.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(api.clusterStatus());
        } catch (PveException e) {
            if (e.error() instanceof PveError.Forbidden) {
                refused.set(REFUSED_FOR);
                return Optional.empty();
            }
            throw e;
        }
    }
}
