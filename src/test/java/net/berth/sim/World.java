package net.berth.sim;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import net.berth.engine.Engine;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;

/** Everything there is in one run: the three systems, the receivers, the guests and the people. */
final class World {
    final Kernel kernel;
    final Scene scene;
    final Faults faults;
    final Trouble trouble;
    final Judge judge;
    final Wire wire;
    final Pve pve;
    final Nipap nipap;
    final Edge edge;
    final OddAnswers odd;
    final Starts starts;
    final List<Life> lives = new ArrayList<>();
    private int births;

    World(Kernel kernel, Scene scene, Faults faults, Mail mail) {
        this.kernel = kernel;
        this.scene = scene;
        this.faults = faults;
        this.trouble = new Trouble(faults);
        this.judge = new Judge(kernel, scene, trouble);
        this.wire = new Wire(kernel, faults, this::crash, trouble);
        this.pve = new Pve(kernel, judge);
        this.nipap = new Nipap(judge, kernel::now);
        scene.engine().networks().stream()
                .filter(network -> !network.pool().isEmpty())
                .forEach(network -> nipap.pools.put(network.pool(), List.of(scene.pool(network))));
        this.edge = new Edge(scene.subnets(), judge);
        this.odd = new OddAnswers(kernel, scene, faults, nipap);
        judge.watch(pve, nipap, edge);
        this.starts =
                new Starts(kernel, scene, pve, nipap, edge, judge, new Hooks(kernel, judge, lives, mail), trouble);
    }

    /** Starts all receivers. */
    void boot() {
        for (int i = 0; i < scene.receivers(); i++) {
            lives.add(born(i));
        }
    }

    private Life born(int receiver) {
        Life life = new Life(receiver, ++births, kernel);
        Compute compute = new SimCompute(pve, odd, wire, kernel, judge, life);
        Ipam ipam = new SimIpam(nipap, wire, kernel, life);
        Router router = new SimRouter(edge, wire, kernel, faults, life);
        Engine engine = new Engine(
                scene.engine(),
                compute,
                ipam,
                router,
                new SimTimer(kernel, life, (thread, problem) -> judge.broke(problem)),
                SimTimer.clock(kernel),
                new Random(kernel.seedOfLife()),
                new CompositeMeterRegistry());
        life.runs(engine);
        engine.start();
        kernel.trace().add(kernel.now(), life.toString(), "begins");
        return life;
    }

    /** The process is killed, and something starts it again before long. */
    void crash(Life life) {
        if (life.dead()) {
            return;
        }
        life.die();
        long back = 1_000L + kernel.chance(40_000);
        trouble.until(kernel.now() + back);
        kernel.in(back, () -> lives.set(life.receiver(), born(life.receiver())));
    }

    int writes() {
        return pve.writes() + nipap.writes() + edge.writes();
    }

    /** Asks a receiver something and lets the world go on until it has answered; empty when it cannot. */
    <T> Optional<T> ask(Life life, Function<Engine, T> question) {
        List<T> answer = new ArrayList<>();
        boolean[] over = {false};
        new SimTimer(kernel, life, (thread, problem) -> judge.broke(problem))
                .threads()
                .newThread(() -> {
                    try {
                        answer.add(question.apply(life.engine()));
                    } catch (PeerException failure) {
                        kernel.trace().add(kernel.now(), life.toString(), "cannot: " + failure.getMessage());
                    }
                    over[0] = true;
                })
                .start();
        long end = kernel.now() + 60_000;
        while (!over[0] && kernel.now() < end) {
            kernel.runUntil(kernel.now() + 100);
        }
        return answer.stream().findFirst();
    }
}
