package net.berth.proxmox;

import java.util.ArrayList;
import java.util.List;
import net.berth.engine.check.Check;
import net.berth.engine.check.Finding;
import net.berth.proxmox.api.PveApi;

/** Whether every node is online and the cluster quorate: else nothing is released, and some guests are not seen. */
record NodesCheck(PveApi api) implements Check {
    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public List<Finding> look() {
        List<String> online = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (var node : api.nodes()) {
            String name = node.path("node").asText("?");
            String status = node.path("status").asText("unknown");
            if (status.equals("online")) {
                online.add(name);
            } else {
                findings.add(
                        Finding.yellow("node " + name + " is " + status + "; until it is back no address is released"));
            }
        }
        if (!online.isEmpty()) {
            findings.addFirst(Finding.green("online: " + String.join(", ", online)));
        }
        return findings.isEmpty() ? List.of(Finding.red("Proxmox lists no node")) : findings;
    }
}
