package net.berth.lab.proxmox;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.berth.model.GuestType;

/** The calls below {@code /nodes/NODE/qemu|lxc/VMID}. Rights come first, then the guest, then the parameters. */
final class GuestApi {
    static final String NOTHING = "";
    private static final List<String> QEMU_WRITERS = List.of(
            "VM.Config.Disk",
            "VM.Config.CDROM",
            "VM.Config.CPU",
            "VM.Config.Memory",
            "VM.Config.Network",
            "VM.Config.HWType",
            "VM.Config.Options",
            "VM.Config.Cloudinit");
    private static final List<String> LXC_WRITERS =
            List.of("VM.Config.Disk", "VM.Config.CPU", "VM.Config.Memory", "VM.Config.Network", "VM.Config.Options");

    private final PveCluster cluster;
    private final Lifecycle lifecycle;
    private final Operations operations;
    private final ConfigWriter writer;
    private final Answers answers;
    private final Acl acl;
    private final String user;

    GuestApi(PveCluster cluster, Lifecycle lifecycle, Operations operations, Acl acl, String user) {
        this.cluster = cluster;
        this.lifecycle = lifecycle;
        this.operations = operations;
        this.writer = new ConfigWriter(cluster);
        this.answers = new Answers(cluster);
        this.acl = acl;
        this.user = user;
    }

    /** {@code data} of the answer; empty for null. */
    Optional<Object> call(ApiRequest request, String node, GuestType type, int vmid, String rest) {
        String pool = Optional.ofNullable(cluster.guests.get(vmid))
                .map(LabGuest::pool)
                .orElse("");
        acl.requireOnGuest(vmid, pool, privileges(request, type, rest));
        cluster.requireOnline(node);
        LabGuest guest = cluster.find(node, type, vmid);
        return switch (request.method() + " " + rest) {
            case "GET config" ->
                Optional.of(answers.config(guest, request.get("current").equals("1")));
            case "GET pending" -> Optional.of(answers.pending(guest));
            case "GET status/current" -> Optional.of(answers.current(guest));
            case "GET agent/network-get-interfaces" -> Optional.of(Interfaces.ofAgent(guest, cluster.formats));
            case "GET interfaces" -> Interfaces.ofContainer(guest, cluster.formats);
            case "PUT config" -> put(request, guest);
            case "POST config" -> Optional.of(post(request, guest).upid());
            case "PUT cloudinit" -> regenerate(guest);
            case "GET cloudinit/dump" -> Optional.of(dump(request, guest));
            case "POST status/start" -> background(guest, "start", task -> lifecycle.start(guest, task));
            case "POST status/stop" -> background(guest, "stop", task -> lifecycle.stop(guest, task));
            case "POST status/shutdown" -> background(guest, "shutdown", task -> lifecycle.stop(guest, task));
            case "POST status/reboot" ->
                Optional.of(operations.reboot(guest, user).upid());
            default -> throw notImplemented(request);
        };
    }

    static ApiFailure notImplemented(ApiRequest request) {
        return ApiFailure.status(501, "Method '" + request.method() + " " + request.path() + "' not implemented");
    }

    /** The rights of which the call itself needs one; rights of single keys follow. */
    private List<String> privileges(ApiRequest request, GuestType type, String rest) {
        if (rest.startsWith("agent/")) {
            return cluster.options.version().isEight()
                    ? List.of("VM.Monitor")
                    : List.of("VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted");
        }
        if (!request.writes()) {
            return List.of("VM.Audit");
        }
        if (rest.startsWith("status/")) {
            return List.of("VM.PowerMgmt");
        }
        if (rest.equals("cloudinit")) {
            return List.of("VM.Config.Cloudinit");
        }
        return type == GuestType.QEMU ? QEMU_WRITERS : LXC_WRITERS;
    }

    private Optional<Object> background(LabGuest guest, String what, Consumer<LabTask> work) {
        String type = (guest.type == GuestType.QEMU ? "qm" : "vz") + what;
        return Optional.of(cluster.taskInBackground(guest.node(), type, guest.vmid, user, work)
                .upid());
    }

    private Optional<Object> put(ApiRequest request, LabGuest guest) {
        Write write = write(request, guest);
        writer.write(guest, write.values(), write.deletes(), request.get("digest"));
        return Optional.empty();
    }

    private LabTask post(ApiRequest request, LabGuest guest) {
        if (guest.type == GuestType.LXC) {
            throw notImplemented(request);
        }
        Write write = write(request, guest);
        return cluster.taskInBackground(
                guest.node(),
                "qmconfig",
                guest.vmid,
                user,
                task -> writer.write(guest, write.values(), write.deletes(), request.get("digest")));
    }

    private record Write(Map<String, String> values, List<String> deletes) {}

    private Write write(ApiRequest request, LabGuest guest) {
        Map<String, String> values = new TreeMap<>(request.parameters());
        values.keySet().removeAll(List.of("digest", "delete", "background_delay"));
        if (values.containsKey("skiplock")) {
            throw ApiFailure.parameters(Map.of("skiplock", "Only root may use this option."));
        }
        Map<String, String> checked = writer.check(guest.type, values);
        List<String> deletes = Arrays.stream(request.get("delete").split("[,; ]", -1))
                .filter(key -> !key.isEmpty())
                .toList();
        TreeSet<String> keys = new TreeSet<>(checked.keySet());
        keys.addAll(deletes);
        KeyRights rights = new KeyRights(acl, cluster.formats, guest);
        keys.forEach(key -> rights.require(key, checked.getOrDefault(key, NOTHING)));
        return new Write(checked, deletes);
    }

    private Optional<Object> regenerate(LabGuest guest) {
        guest.lock.hold(cluster.options.timings().lockWait(), () -> {
            lifecycle.requireUnlocked(guest);
            if (CloudInit.hasDrive(guest.config())) {
                guest.applyPending();
                guest.image(cluster.cloudInit.render(guest.vmid, guest.config()));
            }
        });
        return Optional.empty();
    }

    private String dump(ApiRequest request, LabGuest guest) {
        CloudInit.Image image = cluster.cloudInit.render(guest.vmid, guest.config());
        return switch (request.get("type")) {
            case "network" -> image.network();
            case "user" -> image.user();
            case "meta" -> image.meta();
            default -> throw ApiFailure.parameters(Map.of("type", "property is missing and it is not optional"));
        };
    }
}
