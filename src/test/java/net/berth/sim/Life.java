package net.berth.sim;

import java.util.concurrent.Executor;
import net.berth.engine.Engine;

/** One process of one receiver, from its start to its end; its threads run where and when the kernel says. */
final class Life implements Executor {
    private final int receiver;
    private final int number;
    private final Kernel kernel;
    private boolean dead;
    private long pausedUntil;
    private Engine engine;

    Life(int receiver, int number, Kernel kernel) {
        this.receiver = receiver;
        this.number = number;
        this.kernel = kernel;
    }

    void runs(Engine begun) {
        engine = begun;
    }

    Engine engine() {
        return engine;
    }

    int receiver() {
        return receiver;
    }

    boolean dead() {
        return dead;
    }

    /** Its machine is paused until a time: nothing of it runs, and its alarms go off when it runs again. */
    void pause(long until) {
        pausedUntil = until;
        kernel.hold(this, until);
    }

    long pausedUntil() {
        return pausedUntil;
    }

    /** The power goes: no thread of it runs again, and its memory is lost. */
    void die() {
        dead = true;
        kernel.forget(this);
    }

    @Override
    public void execute(Runnable work) {
        if (!dead) {
            kernel.ready(this, work);
        }
    }

    @Override
    public String toString() {
        return "receiver " + receiver + "." + number;
    }
}
