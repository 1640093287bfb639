package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.engine.port.Compute.History;
import net.berth.engine.port.SideBySide;
import net.berth.model.Guest;
import net.berth.proxmox.api.PveApi;

/**
 * Whether tasks show that a guest has run. VMIDs are reused: only what lies behind the last destroy counts. Tasks lie on
 * the node where they ran, so every node is asked.
 *
 * <p>Proxmox shows only the newest part of its task log (pve-manager {@code PVE::API2::Tasks}: the files {@code index}
 * and {@code index.1}), and a clone is noted under the number of its source. So a list without a start proves nothing by
 * itself: it must also reach back to before the guest was there.
 */
final class TaskHistory {
    private static final int MOST = 500;

    /** Far below what fills the first file of the task log: a node with fewer tasks has forgotten none. */
    private static final int NOTHING_FORGOTTEN = 200;

    private static final Set<String> RUNS = Set.of(
            "qmstart", "vzstart", "qmreboot", "vzreboot", "qmresume", "vzresume", "qmreset", "qmrestore", "vzrestore");
    private static final Set<String> BEGINNINGS = Set.of("qmcreate", "vzcreate", "qmdestroy", "vzdestroy");
    private final PveApi api;
    private final ClusterNodes nodes;
    private final String token;

    /** @param token the id of the token that asks */
    TaskHistory(PveApi api, ClusterNodes nodes, String token) {
        this.api = api;
        this.nodes = nodes;
        this.token = token;
    }

    /**
     * What a node shows of a guest.
     *
     * @param tasks the guest's tasks
     * @param all whether these are all that the node's log has
     * @param forgotNone whether the log reaches back to its beginning
     */
    private record Shown(List<JsonNode> tasks, boolean all, boolean forgotNone) {}

    /** One call, and at most two for each node. */
    History of(Guest guest) {
        if (guest.running()) {
            return History.HAS_RUN;
        }
        ClusterNodes.Online online = nodes.online();
        List<Shown> shown = SideBySide.map(
                online.names(), node -> on(node, Integer.toString(guest.id().vmid())));
        List<JsonNode> tasks =
                shown.stream().flatMap(node -> node.tasks().stream()).toList();
        long begun = beginning(tasks);
        if (hasRun(tasks, begun)) {
            return History.HAS_RUN;
        }
        boolean complete = online.all() && shown.stream().allMatch(Shown::all);
        boolean reachesBack = begun != Long.MIN_VALUE || shown.stream().allMatch(Shown::forgotNone);
        return complete && reachesBack ? History.NEVER_RAN : History.UNKNOWN;
    }

    /** The newest tasks of all guests are all there ever were where they are few; else the guest's own are asked for. */
    private Shown on(String node, String vmid) {
        List<JsonNode> newest = api.tasks(node, Map.of(), NOTHING_FORGOTTEN);
        boolean othersToo = newest.stream().anyMatch(task -> !isOwn(task));
        if (newest.size() < NOTHING_FORGOTTEN) {
            List<JsonNode> own = newest.stream()
                    .filter(task -> task.path("id").asText("").equals(vmid))
                    .toList();
            return new Shown(own, othersToo || seesAllTasks(node), true);
        }
        List<JsonNode> own = api.tasks(node, Map.of("vmid", vmid), MOST);
        return new Shown(own, othersToo && own.size() < MOST, false);
    }

    /** Without Sys.Audit on the node, Proxmox shows only the token's own tasks, and says nothing about it. */
    private boolean seesAllTasks(String node) {
        return api.permissions("/nodes/" + node).path("Sys.Audit").asText("").equals("1");
    }

    private boolean isOwn(JsonNode task) {
        return (task.path("user").asText("") + "!" + task.path("tokenid").asText("")).equals(token);
    }

    /** When the guest that has the number now came to be at the earliest, as far as tasks show it. */
    private static long beginning(List<JsonNode> tasks) {
        return tasks.stream()
                .filter(task -> BEGINNINGS.contains(task.path("type").asText("")))
                .filter(task -> task.path("status").asText("").equals("OK"))
                .mapToLong(task -> task.path("starttime").asLong(0))
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private static boolean hasRun(List<JsonNode> tasks, long begun) {
        return tasks.stream()
                .filter(task -> RUNS.contains(task.path("type").asText("")))
                .filter(task -> task.path("starttime").asLong(0) >= begun)
                .filter(TaskHistory::isOver)
                .anyMatch(task -> !refusedByHook(task.path("status").asText("")));
    }

    /** The start that waits for the hook right now has not run anything yet: the guest is stopped. */
    private static boolean isOver(JsonNode task) {
        return task.path("endtime").asLong(0) > 0;
    }

    /** A start that the hookscript refused ran nothing. */
    private static boolean refusedByHook(String status) {
        return status.startsWith("hookscript error for ") && status.contains(" on pre-start: ");
    }
}
