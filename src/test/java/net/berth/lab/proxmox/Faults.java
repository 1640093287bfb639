package net.berth.lab.proxmox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Things that go wrong on purpose. */
public final class Faults {
    private record Fault(Predicate<ApiRequest> on, Runnable what) {}

    private final List<Fault> before = new CopyOnWriteArrayList<>();
    private final List<Fault> lost = new CopyOnWriteArrayList<>();

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

    void before(ApiRequest call) {
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
