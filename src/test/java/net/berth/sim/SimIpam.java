package net.berth.sim;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.inmemory.TableIpam;

/** One receiver's way to NIPAP, over a wire on which calls fail, and as often as the real client tries again. */
final class SimIpam extends TableIpam {
    private final Nipap nipap;
    private final Wire wire;
    private final Kernel kernel;
    private final Life life;
    private final ReentrantLock lane = new ReentrantLock(true);

    SimIpam(Nipap nipap, Wire wire, Kernel kernel, Life life) {
        super(nipap);
        this.nipap = nipap;
        this.wire = wire;
        this.kernel = kernel;
        this.life = life;
    }

    @Override
    protected <T> T call(String what, Supplier<T> statement) {
        return wire.call(life, Peer.NIPAP, what, () -> nipap.served(life, statement));
    }

    @Override
    protected <T> T inLane(Supplier<T> work) {
        lane.lock();
        try {
            return work.get();
        } finally {
            lane.unlock();
        }
    }

    @Override
    protected <T> T again(int tries, Supplier<T> work) {
        for (int made = 1; ; made++) {
            try {
                return work.get();
            } catch (Wire.Deadlock deadlock) {
                if (made == tries) {
                    throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "deadlock detected", deadlock);
                }
            } catch (PeerException failure) {
                if (made == tries || failure.kind() != PeerException.Kind.DOWN) {
                    throw failure;
                }
            }
            kernel.sleep(life, 40L << made);
        }
    }
}
