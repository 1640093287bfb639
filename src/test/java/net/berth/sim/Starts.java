package net.berth.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.engine.HookAnswer;
import net.berth.engine.HookEvent;
import net.berth.engine.HookEvent.Phase;
import net.berth.engine.report.GuestReport;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.Policy;
import net.berth.model.row.AddressRow;

/** How guests start and stop on Proxmox: under the config's lock, with the hooks inside. */
final class Starts {
    private final Kernel kernel;
    private final Scene scene;
    private final Pve pve;
    private final Nipap nipap;
    private final Edge edge;
    private final Judge judge;
    private final Hooks hooks;
    private final Trouble trouble;

    Starts(Kernel kernel, Scene scene, Pve pve, Nipap nipap, Edge edge, Judge judge, Hooks hooks, Trouble trouble) {
        this.kernel = kernel;
        this.scene = scene;
        this.pve = pve;
        this.nipap = nipap;
        this.edge = edge;
        this.judge = judge;
        this.hooks = hooks;
        this.trouble = trouble;
    }

    private static HookEvent event(Vm vm, Phase phase, String from) {
        return new HookEvent(vm.id.vmid(), phase, vm.node, from);
    }

    void start(Vm vm, int first) {
        if (vm.running || vm.busy || !vm.lock.isEmpty() || !pve.online(vm.node)) {
            return;
        }
        vm.busy = true;
        // The cloud-init image is made before the hook.
        List<Nic> image = List.copyOf(vm.nics.values());
        long began = kernel.now();
        long newest = nipap.nextId();
        if (!vm.hook) {
            kernel.in(500, () -> bringUp(vm, image, Optional.empty(), began, newest, first));
            return;
        }
        kernel.in(
                200,
                () -> hooks.post(event(vm, Phase.PRE_START, ""), first, Hooks.WAIT, answer -> {
                    judgeAnswer(vm, answer, began);
                    if (answer.filter(HookAnswer.Duplicate.class::isInstance).isPresent()) {
                        kernel.trace().add(kernel.now(), "pve", "start of " + vm.id + " refused");
                        vm.busy = false;
                        return;
                    }
                    bringUp(vm, image, answer, began, newest, first);
                }));
    }

    /** While nothing is wrong nobody waits in vain. */
    private void judgeAnswer(Vm vm, Optional<HookAnswer> answer, long began) {
        if (scene.mode() == Policy.Mode.REPORT) {
            return;
        }
        boolean told = answer.isPresent() && !(answer.get() instanceof HookAnswer.Accepted);
        if (hooks.areReliable() && trouble.calmSince(began) && !told && vm.hook && vm.movedAt < began) {
            judge.fail(vm.id + " was answered " + answer + " although nothing was wrong");
        }
    }

    private void bringUp(Vm vm, List<Nic> image, Optional<HookAnswer> answer, long began, long newest, int first) {
        if (pve.find(vm.id).filter(found -> found == vm).isEmpty()) {
            return;
        }
        vm.running = true;
        vm.ranBefore = vm.hasRun;
        vm.hasRun = true;
        vm.startedAt = kernel.now();
        vm.up.clear();
        List<Nic> nics = vm.id.type() == GuestType.LXC ? List.copyOf(vm.nics.values()) : image;
        List<Nic> asking = new ArrayList<>();
        for (Nic nic : nics) {
            if (vm.takesAddress() && nic.config() instanceof NicConfig.Static) {
                vm.up.add(Vm.fixed(nic).orElseThrow());
            } else if (!(vm.takesAddress() && nic.config() instanceof NicConfig.Other)) {
                asking.add(nic);
            }
        }
        kernel.trace().add(kernel.now(), "pve", vm.id + " is up with " + vm.up);
        if (answer.isPresent() && answer.get() instanceof HookAnswer.Settled settled) {
            if (scene.mode() != Policy.Mode.REPORT) {
                judgeFixed(vm, nics, began, newest);
            }
            if (scene.mode() == Policy.Mode.SYNC) {
                judgeOffers(vm, settled.report(), asking, began);
            }
        }
        kernel.in(300, () -> {
            vm.busy = false;
            if (vm.hook && kernel.chance(10) != 0) {
                hooks.post(event(vm, Phase.POST_START, ""), first, Duration.ZERO, nothing -> {});
            }
        });
    }

    /** A start that Berth let go on must not bring up what another guest has. */
    private void judgeFixed(Vm vm, List<Nic> nics, long began, long newest) {
        for (Nic nic : nics) {
            Optional<IpAddress> address = vm.takesAddress() ? Vm.fixed(nic) : Optional.empty();
            Optional<AddressRow> row = address.flatMap(nipap::at)
                    .filter(found -> found.ours() && !found.quarantined() && !found.claiming())
                    .filter(found -> !found.nic().orElseThrow().guest().equals(vm.id));
            boolean known = row.filter(found -> found.id() < newest)
                    .flatMap(found -> pve.find(found.nic().orElseThrow().guest()))
                    .filter(owner -> owner.hook && owner.movedAt < began - 30_000)
                    .isPresent();
            if (known && pve.isOpen() && trouble.calmSince(began) && vm.movedAt < began) {
                judge.fail(vm.id + " was let start with the address of " + row.get());
            }
        }
    }

    /** The mapping is on the router before the guest asks for its address. */
    private void judgeOffers(Vm vm, GuestReport report, List<Nic> asking, long began) {
        // What a person does to the router is seen by the next pass, which itself takes time.
        long seen = began - Scene.RESYNC.toMillis() - (trouble.calmSince(began) ? Judge.MOMENT : Judge.RACE);
        boolean disturbed = !report.conflicts().isEmpty()
                || vm.movedAt >= began
                || edge.touchedAt() > seen
                // From memory, while NIPAP does not answer, nobody can see what a person did there.
                || nipap.touchedAt() >= (trouble.calmSince(began) ? began : seen)
                || !vm.hook;
        if (disturbed) {
            return;
        }
        for (Nic nic : asking) {
            Network network = scene.network(nic);
            List<AddressRow> rows = nipap.live(nic.id());
            if (rows.isEmpty()) {
                judge.fail(nic.id() + " was let start as settled and has no row");
            } else if (network.onRouter()
                    && !edge.offer(nic.mac()).equals(Optional.of(rows.getFirst().address()))) {
                judge.fail(nic.id() + " was let start as settled, and the router offers " + edge.offer(nic.mac())
                        + " and not " + rows.getFirst().address());
            }
        }
    }

    void stop(Vm vm, int first, boolean hooksRun) {
        if (!vm.running || vm.busy) {
            return;
        }
        vm.down(kernel.now());
        kernel.trace().add(kernel.now(), "pve", vm.id + " is down");
        if (vm.hook && hooksRun) {
            hooks.post(event(vm, Phase.PRE_STOP, ""), first, Duration.ZERO, nothing -> {});
            hooks.post(event(vm, Phase.POST_STOP, ""), first, Duration.ZERO, nothing -> {});
        }
    }

    /** Live: hooks on the target only, while the config is on the source. */
    void migrate(Vm vm, String target, int first, boolean live) {
        if (vm.busy || !vm.lock.isEmpty() || !pve.online(vm.node) || !pve.online(target) || vm.node.equals(target)) {
            return;
        }
        if (!live || !vm.running) {
            vm.node = target;
            return;
        }
        String source = vm.node;
        vm.lock = "migrate";
        HookEvent before = new HookEvent(vm.id.vmid(), Phase.PRE_START, target, source);
        hooks.post(
                before,
                first,
                Hooks.WAIT,
                answer -> kernel.in(4_000, () -> {
                    vm.lock = "";
                    vm.node = target;
                    kernel.trace().add(kernel.now(), "pve", vm.id + " is on " + target);
                }));
    }

    /** A backup of a guest that does not run fires all hooks under its lock. */
    void backup(Vm vm, int first) {
        if (vm.busy || !vm.lock.isEmpty()) {
            return;
        }
        vm.lock = "backup";
        if (!vm.running && vm.hook) {
            hooks.post(event(vm, Phase.PRE_START, ""), first, Hooks.WAIT, answer -> {});
        }
        kernel.in(40_000, () -> vm.lock = "");
    }

    /** An event that nothing happened for. */
    void forge(HookEvent event, int first) {
        hooks.post(event, first, Hooks.WAIT, answer -> {});
    }
}
