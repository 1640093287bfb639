package net.berth.lab.proxmox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.berth.model.GuestType;

/** The calls about the cluster and its nodes. */
final class ClusterApi {
    private static final int MOST_TASKS = 50;
    private final PveCluster cluster;
    private final Answers answers;
    private final Acl acl;
    private final Faults faults;
    private final String user;

    ClusterApi(PveCluster cluster, Acl acl, Faults faults, String user) {
        this.faults = faults;
        this.cluster = cluster;
        this.answers = new Answers(cluster);
        this.acl = acl;
        this.user = user;
    }

    Object version() {
        String version = cluster.options.version().version();
        return Map.of("version", version, "release", version.substring(0, 3), "repoid", "0123456789abcdef");
    }

    /** Guests without VM.Audit are left out without a word. */
    Object resources() {
        return visible().map(answers::resource).toList();
    }

    Object guestsOf(String node, GuestType type) {
        cluster.requireOnline(node);
        return visible()
                .filter(guest -> guest.node().equals(node) && guest.type == type)
                .map(answers::listed)
                .toList();
    }

    private java.util.stream.Stream<LabGuest> visible() {
        return cluster.guests.values().stream()
                .filter(guest -> !faults.hides(guest.vmid))
                .filter(guest -> acl.onGuest(guest.vmid, guest.pool(), "VM.Audit"));
    }

    Object status() {
        acl.require("/", "Sys.Audit");
        List<Map<String, Object>> lines = new ArrayList<>();
        long online = cluster.nodes.values().stream().filter(up -> up).count();
        lines.add(new TreeMap<>(Map.of(
                "type",
                "cluster",
                "id",
                "cluster",
                "name",
                "home",
                "version",
                3,
                "nodes",
                cluster.nodes.size(),
                "quorate",
                faults.quorum() && online * 2 > cluster.nodes.size() ? 1 : 0)));
        int number = 0;
        for (Map.Entry<String, Boolean> node : cluster.nodes.entrySet()) {
            number++;
            lines.add(new TreeMap<>(Map.of(
                    "type",
                    "node",
                    "id",
                    "node/" + node.getKey(),
                    "name",
                    node.getKey(),
                    "nodeid",
                    number,
                    "ip",
                    "127.0.0." + (10 + number),
                    "local",
                    number == 1 ? 1 : 0,
                    "level",
                    "",
                    "online",
                    node.getValue() ? 1 : 0)));
        }
        return lines;
    }

    Object nodes() {
        List<Map<String, Object>> lines = new ArrayList<>();
        cluster.nodes.forEach((node, online) -> {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("node", node);
            line.put("id", "node/" + node);
            line.put("type", "node");
            line.put("status", online ? "online" : "offline");
            line.put("level", "");
            lines.add(line);
        });
        return lines;
    }

    /** Own tasks, and those of others with Sys.Audit on the node; newest first, 50 unless asked otherwise. */
    Object tasks(ApiRequest request, String node) {
        cluster.requireOnline(node);
        boolean all = acl.has("/nodes/" + node, "Sys.Audit");
        long limit = request.get("limit").isEmpty() ? MOST_TASKS : Long.parseLong(request.get("limit"));
        String source = request.get("source").isEmpty() ? "archive" : request.get("source");
        return cluster.tasks.stream()
                .filter(task -> task.node().equals(node))
                .filter(task -> all || task.user().equals(user))
                .filter(task -> request.get("vmid").isEmpty() || task.id().equals(request.get("vmid")))
                .filter(task ->
                        request.get("typefilter").isEmpty() || task.type().equals(request.get("typefilter")))
                .filter(task -> source.equals("all")
                        || source.equals("active") == task.ended().isEmpty())
                .sorted(Comparator.comparing(LabTask::upid).reversed())
                .limit(limit)
                .map(Answers::task)
                .toList();
    }

    Object taskStatus(String node, String upid) {
        LabTask task = task(node, upid);
        Map<String, Object> line = new TreeMap<>(Answers.task(task));
        line.put("status", task.ended().isPresent() ? "stopped" : "running");
        task.ended().ifPresent(end -> line.put("exitstatus", task.exitStatus()));
        line.remove("endtime");
        return line;
    }

    Object taskLog(String node, String upid) {
        List<Map<String, Object>> lines = new ArrayList<>();
        int number = 1;
        for (String text : task(node, upid).log()) {
            lines.add(Map.of("n", number++, "t", text));
        }
        return lines;
    }

    private LabTask task(String node, String upid) {
        cluster.requireOnline(node);
        LabTask task = cluster.tasks.stream()
                .filter(candidate -> candidate.upid().equals(upid))
                .findFirst()
                .orElseThrow(() -> ApiFailure.die("no such task"));
        if (!task.user().equals(user)) {
            acl.require("/nodes/" + node, "Sys.Audit");
        }
        return task;
    }

    /** The token's own rights: on one path, or on every path where it has any. */
    Object permissions(ApiRequest request) {
        Map<String, Object> shown = new TreeMap<>();
        String path = request.get("path");
        if (!path.isEmpty()) {
            shown.put(path, effective(path));
            return shown;
        }
        Set<String> paths = new TreeSet<>(Set.of("/", "/access", "/nodes", "/pool", "/sdn", "/storage", "/vms"));
        paths.addAll(acl.paths());
        cluster.guests.values().stream()
                .filter(guest -> !guest.pool().isEmpty())
                .forEach(guest -> {
                    paths.add("/pool/" + guest.pool());
                    paths.add("/vms/" + guest.vmid);
                });
        paths.forEach(each -> shown.put(each, effective(each)));
        shown.values().removeIf(privileges -> ((Map<?, ?>) privileges).isEmpty());
        return shown;
    }

    /** On a guest, what its pool gives counts, too. */
    private Map<String, Integer> effective(String path) {
        Map<String, Integer> privileges = new TreeMap<>(acl.effective(path));
        cluster.guests.values().stream()
                .filter(guest ->
                        path.equals("/vms/" + guest.vmid) && !guest.pool().isEmpty())
                .forEach(guest -> privileges.putAll(acl.effective("/pool/" + guest.pool())));
        return privileges;
    }

    Object nextId() {
        int next = 100;
        while (cluster.guests.containsKey(next)) {
            next++;
        }
        return Integer.toString(next);
    }

    static Optional<GuestType> type(String word) {
        return word.equals("qemu")
                ? Optional.of(GuestType.QEMU)
                : word.equals("lxc") ? Optional.of(GuestType.LXC) : Optional.empty();
    }
}
