package net.berth.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.sim.Faults.Fault;

/** Between a receiver and the systems: every call takes time, may go wrong, and may be the last that the receiver does. */
final class Wire {
    private static final long SLOW = 25_000;
    private static final int SHORT_PAUSE = 20_000;
    private static final int LONG_PAUSE = 60_000;
    private static final int LONGEST_PAUSE = 180_000;

    private final Kernel kernel;
    private final Faults faults;
    private final Consumer<Life> crash;
    private final Trouble trouble;
    private final Map<Peer, Long> downUntil = new EnumMap<>(Peer.class);
    private final Map<Peer, Ailment> ailments = new EnumMap<>(Peer.class);

    Wire(Kernel kernel, Faults faults, Consumer<Life> crash, Trouble trouble) {
        this.kernel = kernel;
        this.faults = faults;
        this.crash = crash;
        this.trouble = trouble;
    }

    /** A database's deadlock: the client tries again at once. */
    static final class Deadlock extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Deadlock() {
            super("deadlock detected", null, false, false);
        }
    }

    void down(Peer peer, long until) {
        downUntil.put(peer, until);
    }

    /** From now on a system answers like this. */
    void ails(Peer peer, Ailment ailment) {
        ailments.put(peer, ailment);
    }

    void heal() {
        ailments.clear();
        downUntil.clear();
    }

    boolean anyDown() {
        return downUntil.values().stream().anyMatch(until -> until > kernel.now());
    }

    /** One request and its answer; what it does on the other side happens at one moment. */
    <T> T call(Life life, Peer peer, String what, Supplier<T> effect) {
        Fault fault = faults.next();
        kernel.sleep(life, 1 + kernel.chance(fault == Fault.SLOW ? (int) SLOW : 20));
        if (fault == Fault.CRASH_BEFORE_SEND) {
            die(life, what, fault);
        }
        if (fault == Fault.PAUSED_BEFORE_SEND) {
            pause(life, what);
        }
        if (downUntil.getOrDefault(peer, 0L) > kernel.now()) {
            throw no(life, peer, what, PeerException.Kind.DOWN, "does not answer");
        }
        Ailment ailment = ailments.getOrDefault(peer, Ailment.NONE);
        kernel.sleep(life, ailment.millis());
        Optional<PeerException.Kind> failure = ailment.failure(peer);
        if (failure.isPresent()) {
            throw no(life, peer, what, failure.get(), ailment.words());
        }
        if (fault == Fault.REFUSED_CONNECTION) {
            throw no(life, peer, what, PeerException.Kind.DOWN, "refused the connection");
        }
        if (fault == Fault.DEADLOCK && peer == Peer.NIPAP) {
            kernel.trace().add(kernel.now(), life.toString(), what + ": deadlock");
            throw new Deadlock();
        }
        T answer = ailment.of(peer, effect.get());
        if (fault == Fault.CRASH_AFTER_SEND) {
            die(life, what, fault);
        }
        if (fault == Fault.PAUSED_AFTER_SEND) {
            pause(life, what);
        }
        kernel.sleep(life, 1 + kernel.chance(fault == Fault.SLOW ? (int) SLOW : 20));
        boolean cutOff = fault == Fault.PAUSED_AFTER_SEND && kernel.chance(2) == 0;
        if (fault == Fault.LOST_ANSWER || cutOff) {
            throw no(life, peer, what, PeerException.Kind.DOWN, "was cut off; the answer is lost");
        }
        if (fault == Fault.GARBLED) {
            throw no(life, peer, what, PeerException.Kind.GARBLED, "answered nonsense");
        }
        kernel.trace().add(kernel.now(), life.toString(), what + " -> " + Trace.inShort(answer));
        if (fault == Fault.CRASH_AFTER_ANSWER) {
            die(life, what, fault);
        }
        return answer;
    }

    /** The receiver's whole machine is paused, but not longer than things go wrong. */
    void pause(Life life, String what) {
        int wanted = kernel.chance(2) == 0
                ? kernel.chance(SHORT_PAUSE)
                : LONG_PAUSE + kernel.chance(LONGEST_PAUSE - LONG_PAUSE);
        long until = Math.min(kernel.now() + wanted, Kernel.START + Step.CHAOS);
        if (until <= kernel.now()) {
            return;
        }
        kernel.trace()
                .add(kernel.now(), life.toString(), "is paused for " + (until - kernel.now()) + " ms at: " + what);
        trouble.until(until);
        life.pause(until);
        kernel.sleep(life, until - kernel.now());
    }

    private PeerException no(Life life, Peer peer, String what, PeerException.Kind kind, String why) {
        kernel.trace().add(kernel.now(), life.toString(), what + ": " + peer.title() + " " + why);
        return new PeerException(peer, kind, peer.title() + " " + why);
    }

    private void die(Life life, String what, Fault fault) {
        kernel.trace().add(kernel.now(), life.toString(), "dies at: " + what + " (" + fault + ")");
        crash.accept(life);
        kernel.never();
    }
}
