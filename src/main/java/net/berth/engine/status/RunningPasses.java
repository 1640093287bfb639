package net.berth.engine.status;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.berth.engine.report.Health;
import net.berth.engine.report.PassSteps;

/** How far the full passes are that run now. */
public final class RunningPasses {
    private final List<Running> running = new CopyOnWriteArrayList<>();

    /** A pass begins; it ends when what is answered is closed. */
    public Running begin() {
        Running pass = new Running();
        running.add(pass);
        return pass;
    }

    /** Those that run, the oldest first. */
    public List<Health.PassHealth> now() {
        return running.stream().map(Running::state).toList();
    }

    /** A pass that runs. */
    public final class Running implements PassSteps, AutoCloseable {
        private Part part = Part.READING;
        private int done;
        private int total;

        @Override
        public synchronized void part(Part next, int steps) {
            part = next;
            done = 0;
            total = steps;
        }

        @Override
        public synchronized void step() {
            done++;
        }

        private synchronized Health.PassHealth state() {
            return new Health.PassHealth(part, done, total);
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }
}
