package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveError;
import net.berth.proxmox.api.PveException;

/**
 * The nodes of the cluster and whether they are online. Quorum is known only with Sys.Audit on the root, which Berth does
 * not ask for: without it the nodes' own states have to do.
 */
final class ClusterNodes {
    private static final String ONLINE = "online";

    /** After a refusal cluster/status is asked again this many calls later: the right may have been granted. */
    private static final int REFUSED_FOR = 100;

    private final PveApi api;
    private final AtomicInteger refused = new AtomicInteger();

    ClusterNodes(PveApi api) {
        this.api = api;
    }

    /** The names of all nodes; one call. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        api.nodes().forEach(node -> names.add(node.path("node").asText("")));
        return names;
    }

    /** The names of the nodes that are online, and whether these are all; one call. */
    Online online() {
        List<JsonNode> nodes = api.nodes();
        List<String> names = nodes.stream()
                .filter(node -> node.path("status").asText("").equals(ONLINE))
                .map(node -> node.path("node").asText(""))
                .toList();
        return new Online(names, names.size() == nodes.size());
    }

    /** Nodes that are online, and whether these are all. */
    record Online(List<String> names, boolean all) {}

    /** Why a list of guests may be incomplete: nodes that are not online; one call. */
    List<String> offline() {
        List<JsonNode> nodes = api.nodes();
        if (nodes.isEmpty()) {
            return List.of("Proxmox lists no node");
        }
        return nodes.stream()
                .filter(node -> !node.path("status").asText("").equals(ONLINE))
                .map(node -> "node " + node.path("node").asText("?") + " is "
                        + node.path("status").asText("in an unknown state"))
                .toList();
    }

    /** As {@link #offline}, and whether the quorum is missing; one call, or two where the right is missing. */
    List<String> gaps() {
        Optional<List<JsonNode>> status = status();
        if (status.isEmpty()) {
            return offline();
        }
        List<String> gaps = new ArrayList<>(of(status.get(), "node")
                .filter(node -> !node.path(ONLINE).asText("").equals("1"))
                .map(node -> "node " + node.path("name").asText("?") + " is offline")
                .toList());
        if (!of(status.get(), "cluster").allMatch(ClusterNodes::isQuorate)) {
            gaps.add("the cluster has no quorum");
        }
        return gaps;
    }

    /**
     * Whether a list of nodes has all nodes of the cluster. A node whose cluster software does not run lists itself alone;
     * so a list of one node needs a cluster that says that it has a quorum.
     */
    boolean areAll(Set<String> names) {
        return names.size() > 1
                || status().filter(lines -> of(lines, "cluster").anyMatch(ClusterNodes::isQuorate))
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
