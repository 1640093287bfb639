package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.berth.engine.Compute.History;
import net.berth.model.Guest;

/**
 * Whether tasks show that a guest has run. VMIDs are reused: only what lies behind the last destroy counts. Tasks lie on
 * the node where they ran, so every node is asked.
 */
final class TaskHistory {
    private static final int MOST = 500;
    private static final Set<String> RUNS = Set.of(
            "qmstart", "vzstart", "qmreboot", "vzreboot", "qmresume", "vzresume", "qmreset", "qmrestore", "vzrestore");
    private static final Set<String> DESTROYS = Set.of("qmdestroy", "vzdestroy");
    private final PveApi api;

    TaskHistory(PveApi api) {
        this.api = api;
    }

    History of(Guest guest) {
        if (guest.running()) {
            return History.HAS_RUN;
        }
        List<JsonNode> tasks = new ArrayList<>();
        boolean complete = true;
        for (JsonNode node : api.nodes()) {
            String name = node.path("node").asText("");
            if (node.path("status").asText("").equals("online")) {
                List<JsonNode> found = api.tasks(name, guest.id().vmid(), MOST);
                tasks.addAll(found);
                complete &= found.size() < MOST && seesAllTasks(name);
            } else {
                complete = false;
            }
        }
        if (hasRun(tasks)) {
            return History.HAS_RUN;
        }
        return complete ? History.NEVER_RAN : History.UNKNOWN;
    }

    /** Without Sys.Audit on the node, Proxmox shows only the token's own tasks, and says nothing about it. */
    private boolean seesAllTasks(String node) {
        return api.permissions("/nodes/" + node).path("Sys.Audit").asText("").equals("1");
    }

    private static boolean hasRun(List<JsonNode> tasks) {
        long destroyed = tasks.stream()
                .filter(task -> DESTROYS.contains(task.path("type").asText("")))
                .mapToLong(task -> task.path("starttime").asLong(0))
                .max()
                .orElse(Long.MIN_VALUE);
        return tasks.stream()
                .filter(task -> RUNS.contains(task.path("type").asText("")))
                .filter(task -> task.path("starttime").asLong(0) >= destroyed)
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
