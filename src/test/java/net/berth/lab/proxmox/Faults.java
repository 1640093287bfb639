package net.berth.lab.proxmox;

import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Things that go wrong on purpose. */
public final class Faults {
    private record Fault(Predicate<ApiRequest> on, Runnable what) {}

    private final List<Fault> before = new CopyOnWriteArrayList<>();
    private final List<Fault> standing = new CopyOnWriteArrayList<>();
    private final List<Predicate<ApiRequest>> halved = new CopyOnWriteArrayList<>();
    private final Set<Integer> hidden = new CopyOnWriteArraySet<>();
    private volatile boolean quorum = true;
    private final List<Fault> lost = new CopyOnWriteArrayList<>();
    private volatile Consumer<ApiRequest> done = call -> {};

    /** The next call of this kind fails before it does anything. */
    public void failNext(Predicate<ApiRequest> on, ApiFailure failure) {
        doBeforeNext(on, () -> {
            throw failure;
        });
    }

    /** Something happens just before the next call of this kind is carried out. */
    public void doBeforeNext(Predicate<ApiRequest> on, Runnable what) {
        before.add(new Fault(on, what));
    }

    /** The next call of this kind is carried out, and its answer gets lost. */
    public void loseNextReply(Predicate<ApiRequest> on) {
        lost.add(new Fault(on, () -> {}));
    }

    /** Something that stays wrong until it is closed. */
    public interface Standing extends AutoCloseable {
        @Override
        void close();
    }

    /** Calls of this kind fail before they do anything. */
    public Standing failing(Predicate<ApiRequest> on, ApiFailure failure) {
        return standing(new Fault(on, () -> {
            throw failure;
        }));
    }

    /** Connections break on calls of this kind before they do anything. */
    public Standing breaking(Predicate<ApiRequest> on) {
        return standing(new Fault(on, () -> {
            throw new CloseConnectionException("reset on purpose");
        }));
    }

    /** Calls of this kind take so much longer. */
    public Standing slow(Predicate<ApiRequest> on, Duration latency) {
        return standing(new Fault(on, () -> LockSupport.parkNanos(latency.toNanos())));
    }

    private Standing standing(Fault fault) {
        standing.add(fault);
        return () -> standing.remove(fault);
    }

    /** Answers to calls of this kind end in their middle. */
    public Standing halving(Predicate<ApiRequest> on) {
        halved.add(on);
        return () -> halved.remove(on);
    }

    /** Lists leave a guest out although it is there and may be seen. */
    public Standing hiding(int vmid) {
        hidden.add(vmid);
        return () -> hidden.remove(vmid);
    }

    boolean hides(int vmid) {
        return hidden.contains(vmid);
    }

    /** All nodes are up, and yet they do not agree who they are. */
    public Standing withoutQuorum() {
        quorum = false;
        return () -> quorum = true;
    }

    boolean quorum() {
        return quorum;
    }

    boolean halves(ApiRequest call) {
        return halved.stream().anyMatch(on -> on.test(call));
    }

    /** Told of each call that was carried out, before it is answered. */
    public void onDone(Consumer<ApiRequest> listener) {
        done = listener;
    }

    void done(ApiRequest call) {
        done.accept(call);
    }

    void before(ApiRequest call) {
        standing.stream().filter(fault -> fault.on().test(call)).forEach(fault -> fault.what()
                .run());
        take(before, call).forEach(fault -> fault.what().run());
    }

    boolean losesReply(ApiRequest call) {
        return !take(lost, call).isEmpty();
    }

    private static List<Fault> take(List<Fault> faults, ApiRequest call) {
        List<Fault> first =
                faults.stream().filter(fault -> fault.on().test(call)).limit(1).toList();
        faults.removeAll(first);
        return first;
    }
}
