package net.berth.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Router;
import net.berth.engine.port.Timer;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.ReservedNames;
import net.berth.plan.Nets;

/**
 * Makes the engines of tests. What a test does not say is as in most of them: one network, guests with the hook, which
 * nobody but hooks and orders sets going, and nothing is written into guests.
 */
public record Engines(Network network, Policy policy, Duration poll, Duration pass, Clock clock, Random random) {
    public static Engines usual() {
        Policy policy = new Policy(
                Policy.Select.HOOK, "berth", Policy.Mode.SYNC, Policy.WriteBack.NEVER, Duration.ofHours(24), 3);
        return new Engines(
                Nets.FREE, policy, Duration.ofHours(1), Duration.ofHours(1), Clock.systemUTC(), new Random(1));
    }

    /** For guests of which none, or one that has not booted yet, is written to. */
    public static Engines writing() {
        return usual().writeBack(Policy.WriteBack.FIRST_BOOT);
    }

    public Engines in(Network other) {
        return new Engines(other, policy, poll, pass, clock, random);
    }

    public Engines every(Duration nextPoll, Duration nextPass) {
        return new Engines(network, policy, nextPoll, nextPass, clock, random);
    }

    public Engines at(Clock other) {
        return new Engines(network, policy, poll, pass, other, random);
    }

    public Engines by(Random other) {
        return new Engines(network, policy, poll, pass, clock, other);
    }

    public Engines forAll() {
        return under(new Policy(
                Policy.Select.ALL,
                policy.tag(),
                policy.mode(),
                policy.writeBack(),
                policy.releaseAfter(),
                policy.releaseLimit()));
    }

    public Engines mode(Policy.Mode mode) {
        return under(new Policy(
                policy.select(), policy.tag(), mode, policy.writeBack(), policy.releaseAfter(), policy.releaseLimit()));
    }

    public Engines writeBack(Policy.WriteBack writeBack) {
        return under(new Policy(
                policy.select(), policy.tag(), policy.mode(), writeBack, policy.releaseAfter(), policy.releaseLimit()));
    }

    public Engines releaseAfter(Duration releaseAfter) {
        return under(new Policy(
                policy.select(), policy.tag(), policy.mode(), policy.writeBack(), releaseAfter, policy.releaseLimit()));
    }

    private Engines under(Policy other) {
        return new Engines(network, other, poll, pass, clock, random);
    }

    public Engine over(Compute compute, Ipam ipam, Router router, Timer timer) {
        return over(compute, ipam, router, timer, new SimpleMeterRegistry());
    }

    public Engine over(Compute compute, Ipam ipam, Router router, Timer timer, MeterRegistry meters) {
        return new Engine(
                new EngineSettings("home", List.of(network), policy, ReservedNames.NONE, poll, pass),
                compute,
                ipam,
                router,
                timer,
                clock,
                random,
                meters);
    }
}
