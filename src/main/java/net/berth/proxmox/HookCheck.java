package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.engine.check.Check;
import net.berth.engine.check.Finding;
import net.berth.proxmox.api.PveApi;

/**
 * Whether the hookscript is on every node. The API shows snippets only to who may allocate on the storage, which is far
 * too much for Berth; what it does show is a start that failed for want of the script (PVE::GuestHelpers
 * check_hookscript). For the rest the command is told.
 */
record HookCheck(PveApi api) implements Check {
    private static final int LOOK_BACK = 200;
    private static final Pattern MISSING = Pattern.compile(
            "script '([^']*)' (does not exist|is not executable)|'([^']*)' (is not in the snippets directory)");
    private static final String COMPARE = "for n in $(ls /etc/pve/nodes); do echo \"$n $(ssh root@$n sha256sum"
            + " /var/lib/vz/snippets/berth-hook)\"; done     # as root on a node: all lines must agree";

    @Override
    public String name() {
        return "hookscript";
    }

    @Override
    public List<Finding> look() {
        Map<String, String> failures = new TreeMap<>();
        for (JsonNode node : api.nodes()) {
            String name = node.path("node").asText("");
            if (node.path("status").asText("").equals("online")) {
                String words = newestFailure(api.tasks(name, Map.of(), LOOK_BACK));
                if (!words.isEmpty()) {
                    failures.put(name, words);
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        failures.forEach((node, words) -> findings.add(Finding.red(
                "on node " + node + " the last start failed for it: " + words,
                "scp -p /usr/share/berth/berth-hook root@" + node + ":/var/lib/vz/snippets/berth-hook",
                "ssh root@" + node + " chmod 755 /var/lib/vz/snippets/berth-hook")));
        if (findings.isEmpty()) {
            findings.add(Finding.green(
                    "no start has failed for want of it; that it is the same on every node, only root can see",
                    COMPARE));
        }
        return findings;
    }

    /** Of each guest the last start counts: one that went well shows that it was mended. */
    private static String newestFailure(List<JsonNode> newestFirst) {
        Set<String> seen = new HashSet<>();
        for (JsonNode task : newestFirst) {
            boolean start = task.path("type").asText("").matches("(?:qm|vz)start");
            if (start && seen.add(task.path("id").asText(""))) {
                Matcher missing = MISSING.matcher(task.path("status").asText(""));
                if (missing.find()) {
                    return missing.group();
                }
            }
        }
        return "";
    }
}
