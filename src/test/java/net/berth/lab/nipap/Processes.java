package net.berth.lab.nipap;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * nipapd's server processes: each does one call at a time, and a connection stays with the process that took it, so
 * that one slow call stalls the others of its process.
 */
final class Processes {
    private record Worker(ReentrantLock lock, Users.Cache users) {}

    private final List<Worker> processes = new ArrayList<>();
    private final Map<InetSocketAddress, Worker> connections = new HashMap<>();
    private int next;

    Processes(int count, Users users) {
        for (int i = 0; i < count; i++) {
            processes.add(new Worker(new ReentrantLock(true), users.new Cache()));
        }
    }

    /** A call as a process does it, with the users it knows. */
    @FunctionalInterface
    interface Work {
        Object run(Users.Cache users);
    }

    Object run(InetSocketAddress connection, Work work) {
        Worker worker = of(connection);
        worker.lock.lock();
        try {
            return work.run(worker.users);
        } finally {
            worker.lock.unlock();
        }
    }

    private synchronized Worker of(InetSocketAddress connection) {
        Supplier<Worker> inTurn = () -> processes.get(next++ % processes.size());
        return connections.computeIfAbsent(connection, key -> inTurn.get());
    }
}
