package net.berth.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How far the full passes are that run now. */
final class PassWatch {
    private final List<Running> running = new CopyOnWriteArrayList<>();

    /** A pass begins; it ends when what is answered is closed. */
    Running begin() {
        Running pass = new Running();
        running.add(pass);
        return pass;
    }

    /** Those that run, the oldest first. */
    List<Health.PassHealth> now() {
        return running.stream().map(Running::state).toList();
    }

    /** A pass that runs. */
    final class Running implements PassSteps, AutoCloseable {
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
