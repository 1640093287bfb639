package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.berth.engine.port.Compute.History;
import net.berth.engine.port.SideBySide;
import net.berth.model.Guest;
import net.berth.proxmox.api.PveApi;

/**
 * Whether tasks show that a guest has run before the start that goes on now. VMIDs are reused: only tasks after the last
 * destroy count. Tasks are kept by the node where they ran, so every node is asked.
 *
 * <p>Proxmox shows only the newest part of its task log (pve-manager {@code PVE::API2::Tasks}: the files {@code index}
 * and {@code index.1}), and a clone is noted under the number of its source. So a list without a start proves nothing by
 * itself: it must also reach back to before the guest was there.
 */
final class TaskHistory {
    private static final int MOST = 500;

    /** Far below what fills the first file of the task log: a node with fewer tasks has forgotten none. */
    private static final int NOTHING_FORGOTTEN = 200;

    /** By how much the node's clock may differ from Berth's, and how old an uptime may be. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private static final Set<String> RUNS = Set.of(
            "qmstart", "vzstart", "qmreboot", "vzreboot", "qmresume", "vzresume", "qmreset", "qmrestore", "vzrestore");
    private static final Set<String> STARTS = Set.of("qmstart", "vzstart");
    private static final Set<String> BEGINNINGS = Set.of("qmcreate", "vzcreate", "qmdestroy", "vzdestroy");
    private final PveApi api;
    private final Cluster cluster;
    private final String token;
    private final InstantSource clock;

    /** @param token the id of the token that asks */
    TaskHistory(PveApi api, Cluster cluster, String token, InstantSource clock) {
        this.api = api;
        this.cluster = cluster;
        this.token = token;
        this.clock = clock;
    }

    /** The tasks of a guest that a node shows, whether these are all of its log, and whether that reaches back to its beginning. */
    private record Shown(List<JsonNode> tasks, boolean all, boolean forgotNone) {}

    /** One call, and at most two for each node. */
    History of(Guest guest) {
        Cluster.Online online = cluster.online();
        List<Shown> shown = SideBySide.map(
                online.names(), node -> on(node, Integer.toString(guest.id().vmid())));
        List<JsonNode> tasks = withoutThisStart(
                shown.stream().flatMap(node -> node.tasks().stream()).toList(), guest);
        long begun = beginning(tasks);
        if (hasRun(tasks, begun)) {
            return History.HAS_RUN;
        }
        boolean complete = online.all() && shown.stream().allMatch(Shown::all);
        boolean reachesBack = begun != Long.MIN_VALUE || shown.stream().allMatch(Shown::forgotNone);
        return complete && reachesBack ? History.NEVER_RAN : History.UNKNOWN;
    }

    /**
     * The tasks of a running guest without that of its present start, which ended when the guest already ran. A start that
     * left no task of its own (a rollback to a state with memory) leaves the task of an earlier start where it is.
     */
    private List<JsonNode> withoutThisStart(List<JsonNode> tasks, Guest guest) {
        if (!guest.running()) {
            return tasks;
        }
        long began = clock.instant().minus(guest.uptime()).minus(SLACK).getEpochSecond();
        Optional<JsonNode> newest = tasks.stream()
                .filter(task -> STARTS.contains(task.path("type").asText("")))
                .max(Comparator.comparingLong(task -> task.path("starttime").asLong(0)))
                .filter(task -> !isOver(task) || task.path("endtime").asLong(0) >= began);
        return tasks.stream()
                .filter(task -> newest.filter(start -> start.equals(task)).isEmpty())
                .toList();
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
