package net.berth.lab.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.berth.lab.proxmox.LabGuest.State;
import net.berth.model.GuestType;

/** The answers about guests, with the types and the gaps of the real ones. */
final class Answers {
    private static final Set<String> NUMBERS =
            Set.of("template", "cores", "sockets", "onboot", "protection", "swap", "unprivileged", "ciupgrade");
    private final PveCluster cluster;

    Answers(PveCluster cluster) {
        this.cluster = cluster;
    }

    /** A line of cluster/resources: a new guest and one on a dead node have neither name nor template flag. */
    Map<String, Object> resource(LabGuest guest) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", guest.type + "/" + guest.vmid);
        line.put("type", guest.type.toString());
        line.put("vmid", guest.vmid);
        line.put("node", guest.node());
        if (!guest.pool().isEmpty()) {
            line.put("pool", guest.pool());
        }
        if (!guest.reported(cluster.now()) || !cluster.online(guest.node())) {
            line.put("status", "unknown");
            return line;
        }
        status(line, guest);
        return line;
    }

    /** A line of nodes/NODE/qemu or lxc. */
    Map<String, Object> listed(LabGuest guest) {
        Map<String, Object> line = new LinkedHashMap<>();
        boolean asText = guest.type == GuestType.LXC && cluster.options.version() == PveVersion.PVE_8_OLD;
        line.put("vmid", asText ? (Object) Integer.toString(guest.vmid) : (Object) guest.vmid);
        status(line, guest);
        return line;
    }

    Map<String, Object> current(LabGuest guest) {
        Map<String, Object> line = listed(guest);
        line.put("vmid", guest.vmid);
        line.put("ha", Map.of("managed", 0));
        if (guest.type == GuestType.QEMU) {
            line.put(
                    "qmpstatus",
                    switch (guest.state()) {
                        case RUNNING -> "running";
                        case PRELAUNCH -> "prelaunch";
                        case STOPPED -> "stopped";
                    });
        }
        return line;
    }

    private void status(Map<String, Object> line, LabGuest guest) {
        Map<String, String> config = guest.config();
        String fallback = (guest.type == GuestType.QEMU ? "VM " : "CT") + guest.vmid;
        line.put("name", config.getOrDefault(guest.type == GuestType.QEMU ? "name" : "hostname", fallback));
        line.put("status", guest.state() == State.STOPPED ? "stopped" : "running");
        line.put("uptime", guest.uptime(cluster.now()));
        line.put("template", config.getOrDefault("template", "0").equals("1") ? 1 : 0);
        for (String key : List.of("tags", "lock")) {
            if (config.containsKey(key)) {
                line.put(key, config.get(key));
            }
        }
    }

    Map<String, Object> config(LabGuest guest, boolean current) {
        Map<String, Object> shown = new TreeMap<>();
        (current ? guest.config() : guest.merged()).forEach((key, value) -> shown.put(key, typed(key, value)));
        shown.put("digest", guest.digest());
        return shown;
    }

    private static Object typed(String key, String value) {
        return NUMBERS.contains(key) && value.matches("\\d+") ? (Object) Integer.parseInt(value) : (Object) value;
    }

    List<Map<String, Object>> pending(LabGuest guest) {
        List<Map<String, Object>> lines = new ArrayList<>();
        Map<String, String> config = guest.config();
        Map<String, String> pending = guest.pending();
        Set<String> keys = new TreeSet<>(config.keySet());
        keys.addAll(pending.keySet());
        for (String key : keys) {
            Map<String, Object> line = new LinkedHashMap<>(Map.of("key", key));
            if (config.containsKey(key)) {
                line.put("value", typed(key, config.get(key)));
            }
            if (pending.containsKey(key)) {
                line.put("pending", typed(key, pending.get(key)));
            }
            if (guest.deletes().contains(key)) {
                line.put("delete", 1);
            }
            lines.add(line);
        }
        lines.add(Map.of("key", "digest", "value", guest.digest()));
        return lines;
    }

    static Map<String, Object> task(LabTask task) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("upid", task.upid());
        line.put("node", task.node());
        line.put("pid", 1000);
        line.put("pstart", 1000);
        line.put("type", task.type());
        line.put("id", task.id());
        // The task of a token shows user and token on their own (PVE::API2::Tasks).
        int token = task.user().indexOf('!');
        line.put("user", token < 0 ? task.user() : task.user().substring(0, token));
        if (token >= 0) {
            line.put("tokenid", task.user().substring(token + 1));
        }
        line.put("starttime", task.start().getEpochSecond());
        task.ended().ifPresent(end -> {
            line.put("endtime", end.getEpochSecond());
            line.put("status", task.exitStatus());
        });
        return line;
    }
}
