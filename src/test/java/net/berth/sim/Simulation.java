package net.berth.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.berth.engine.SyncOptions;
import net.berth.model.GuestId;
import net.berth.model.NicId;

/** One run from its begin to rest. */
final class Simulation {
    /** Two full passes, and what a call may take. */
    private static final long TWO_PASSES = 2 * Scene.RESYNC.toMillis() + 30_000;

    private static final long FREED = Scene.RELEASE_AFTER.toMillis() + Scene.RESYNC.toMillis() + 90_000;
    private static final long SHORT_LIFE = 45_000;
    private static final long QUIET = Scene.RESYNC.toMillis() + 30_000;

    /** A disturbance is rare, one of some thousand runs, and at the begin rather than later. */
    private static final int MOST_TRIES = 5;

    private final Plan plan;
    private final Trace trace;
    private final Kernel kernel;
    private final World world;
    private final Rest rest;

    private Simulation(Plan plan, boolean told, Mail mail) {
        this.plan = plan;
        this.trace = new Trace(told);
        this.kernel = new Kernel(plan.seed(), trace);
        Scene scene =
                plan.varied() ? Scene.varied(plan.seed(), plan.receivers()) : Scene.of(plan.seed(), plan.receivers());
        Faults faults = new Faults(plan.seed(), plan.faultsPerMille(), plan.spared());
        this.world = new World(kernel, scene, faults, mail);
        this.rest = new Rest(world);
    }

    /**
     * How a run ended.
     *
     * @param broken the promise that was broken; empty when all were kept
     * @param hash of everything that happened
     * @param faults the calls that went wrong
     * @param trace what happened, if it was to be told
     * @param end what NIPAP and the router hold at the end
     */
    record Verdict(String broken, long hash, List<Long> faults, List<String> trace, String end) {}

    static Verdict run(Plan plan) {
        return run(plan, new Mail(0, Mail.Manner.AS_THEY_ARE));
    }

    static Verdict run(Plan plan, Mail mail) {
        return undisturbed(plan, false, mail);
    }

    static Verdict tell(Plan plan) {
        return undisturbed(plan, true, new Mail(0, Mail.Manner.AS_THEY_ARE));
    }

    private static Verdict undisturbed(Plan plan, boolean told, Mail mail) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Simulation simulation = new Simulation(plan, told, mail);
            Verdict verdict = simulation.run();
            if (!simulation.kernel.disturbed()) {
                return verdict;
            }
        }
        throw new IllegalStateException("seed " + plan.seed() + " was disturbed " + MOST_TRIES
                + " times: something of the engine waits without its Timer");
    }

    private Verdict run() {
        Cluster cluster = new Cluster(world);
        People people = new People(world);
        for (Step step : plan.steps()) {
            kernel.at(Kernel.START + step.at(), null, () -> {
                trace.add(kernel.now(), "world", step.toString());
                if (step.kind().byHand()) {
                    people.act(step);
                } else {
                    cluster.act(step);
                }
            });
        }
        cluster.addStranger();
        world.boot();
        if (goesOn(Step.CHAOS + 5_000)) {
            heal();
            switch (world.scene.mode()) {
                case REPORT -> reportsOnly();
                case CREATE -> createsOnly();
                case SYNC -> comesToRest();
            }
        }
        return new Verdict(world.judge.violation(), trace.hash(), world.faults.done(), trace.lines(), rest.end());
    }

    /** Nothing is written, ever; that each hook is answered is judged as it happens. */
    private void reportsOnly() {
        if (goesOn(TWO_PASSES) && world.writes() > 0) {
            world.judge.fail(world.writes() + " writes in mode report");
        }
    }

    /** What is missing is made, and then nothing is written any more. */
    private void createsOnly() {
        if (goesOn(2 * TWO_PASSES)) {
            rest.nothingToDo();
        }
        int writes = world.writes();
        if (goesOn(QUIET) && world.writes() != writes) {
            world.judge.fail((world.writes() - writes) + " writes after everything was at rest");
        }
    }

    private void comesToRest() {
        goesOn(TWO_PASSES);
        for (int i = 0; i < 5 && world.nipap.freedAt() > kernel.now() - TWO_PASSES; i++) {
            // An address, or a name, that is free again is news: it takes two more passes.
            goesOn(TWO_PASSES);
        }
        if (goesOn(0)) {
            rest.converged();
        }
        confirmGone();
        confirmHeld();
        if (goesOn(FREED)) {
            rest.nothingLeaked();
            rest.converged();
        }
        int writes = world.writes();
        if (goesOn(QUIET) && world.writes() != writes) {
            world.judge.fail((world.writes() - writes) + " writes after everything was at rest");
        }
        startAndStopAll();
    }

    /** Guests that are settled start and stop, and nothing changes for that but what their rows say of them. */
    private void startAndStopAll() {
        int onRouter = world.edge.writes();
        long next = world.nipap.nextId();
        for (int turns = 0; turns < 2; turns++) {
            for (Vm vm : world.pve.all()) {
                if (vm.running) {
                    world.starts.stop(vm, turns, true);
                } else {
                    world.starts.start(vm, turns);
                }
            }
            goesOn(SHORT_LIFE);
        }
        if (world.edge.writes() != onRouter || world.nipap.nextId() != next) {
            world.judge.fail("the router or the addresses were changed for guests that only started and stopped");
        }
        if (goesOn(0)) {
            rest.converged();
        }
    }

    /** Machines that were made anew under their numbers, more than Berth lets go of by itself: so it was meant. */
    private void confirmHeld() {
        Set<Integer> ordered = new TreeSet<>(rest.held());
        world.pve.all().stream().filter(this::isToMove).forEach(vm -> ordered.add(vm.id.vmid()));
        world.lives.stream()
                .filter(life -> !life.dead())
                .findFirst()
                .ifPresent(life ->
                        ordered.forEach(vmid -> world.ask(life, engine -> engine.sync(vmid, SyncOptions.PLAIN))));
    }

    /** A running guest for which a person has tagged a row moves there at its next start, or by order. */
    private boolean isToMove(Vm vm) {
        return vm.hook
                && vm.running
                && vm.nics.values().stream()
                        .flatMap(nic -> world.nipap.live(nic.id()).stream())
                        .anyMatch(row -> world.nipap.isPrepared(vm.name, row));
    }

    private boolean goesOn(long millis) {
        long end = kernel.now() + millis;
        while (kernel.now() < end && world.judge.violation().isEmpty()) {
            kernel.runUntil(Math.min(end, kernel.now() + 5_000));
            world.judge.timeGoesOn();
        }
        return world.judge.violation().isEmpty();
    }

    private void heal() {
        trace.add(kernel.now(), "world", "from now on nothing goes wrong");
        world.faults.end();
        world.wire.heal();
        world.edge.lock(0);
        world.pve.hide(0);
        Pve.NODES.forEach(node -> world.pve.node(node, true));
        world.trouble.until(kernel.now());
    }

    /** More guests are gone than Berth lets go by itself: a person says by number that it was meant so. */
    private void confirmGone() {
        List<GuestId> gone = new ArrayList<>();
        world.nipap.all().stream()
                .flatMap(row -> row.nic().stream())
                .map(NicId::guest)
                .distinct()
                .filter(id -> world.pve.find(id).isEmpty())
                .sorted()
                .forEach(id -> {
                    world.judge.releases().confirmed(id);
                    gone.add(id);
                });
        if (gone.size() > Scene.RELEASE_LIMIT) {
            // A number may be in use again; it means the guest that is gone.
            Set<Integer> numbers = gone.stream().map(GuestId::vmid).collect(Collectors.toCollection(TreeSet::new));
            world.lives.stream().filter(life -> !life.dead()).findFirst().ifPresent(life -> {
                world.ask(life, engine -> engine.release(numbers, false));
            });
        }
    }
}
