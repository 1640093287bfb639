package net.berth.engine.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Ipam.Claim;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Timer;
import net.berth.engine.run.Run;
import net.berth.engine.status.ChangeLog;
import net.berth.engine.world.World;
import net.berth.model.IpAddress;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;

/** Carries out changes of NIPAP's rows by compare-and-set, and notes what was written. */
public final class RowWriter {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Ipam ipam;
    private final World world;
    private final ChangeLog log;
    private final Timer timer;
    /** Done when no claim goes on and none waits. */
    private final AtomicReference<CompletableFuture<Boolean>> lastClaim =
            new AtomicReference<>(CompletableFuture.completedFuture(true));

    public RowWriter(Ipam ipam, World world, ChangeLog log, Timer timer) {
        this.ipam = ipam;
        this.world = world;
        this.log = log;
        this.timer = timer;
    }

    /**
     * Carries out what several runs intend: first edits and deletions, run by run, then all claims together. A run
     * whose write NIPAP did not answer keeps the failure.
     *
     * @return runs of which a change was lost, as another was faster
     */
    public Set<Run> write(List<Run> runs) {
        Set<Run> lost = new LinkedHashSet<>();
        List<Run> claiming = new ArrayList<>();
        for (Run run : runs) {
            List<Change> changes = run.plan().changes(Change.Stage.INTENT);
            try {
                if (!edit(run, changes)) {
                    lost.add(run);
                } else if (changes.stream().anyMatch(Change.Claim.class::isInstance)) {
                    claiming.add(run);
                }
            } catch (PeerException failure) {
                run.failed(failure);
            }
        }
        try {
            claim(claiming, lost);
        } catch (PeerException failure) {
            claiming.forEach(run -> run.failed(failure));
        }
        return lost;
    }

    /** Carries out edits and deletions; false when one was lost. */
    public boolean edit(Run run, List<Change> changes) {
        for (Change change : changes) {
            boolean done =
                    switch (change) {
                        case Change.Claim claim -> true;
                        case Change.Edit edit -> edited(edit);
                        case Change.Free free -> deleted(free.row());
                        case Change.OnRouter other -> throw new IllegalArgumentException(other.what());
                        case Change.WriteGuest other -> throw new IllegalArgumentException(other.what());
                    };
            if (!done) {
                log.lost(change);
                return false;
            }
            if (!(change instanceof Change.Claim)) {
                note(run, change);
            }
        }
        return true;
    }

    private void note(Run run, Change change) {
        run.done().add(change);
        log.done(change);
    }

    private boolean edited(Change.Edit edit) {
        Optional<AddressRow> after = sure(() -> ipam.edit(edit.row(), edit.edit()));
        after.ifPresentOrElse(
                row -> world.edited(edit.row(), row), () -> lookAt(edit.row().address()));
        return after.isPresent();
    }

    private boolean deleted(AddressRow row) {
        boolean gone = sure(() -> ipam.remove(row));
        if (gone) {
            world.deleted(row);
        } else {
            lookAt(row.address());
        }
        return gone;
    }

    private void claim(List<Run> runs, Set<Run> lost) {
        List<Change.Claim> claims = new ArrayList<>();
        List<Run> owners = new ArrayList<>();
        for (Run run : runs) {
            for (Change change : run.plan().changes(Change.Stage.INTENT)) {
                if (change instanceof Change.Claim claim) {
                    claims.add(claim);
                    owners.add(run);
                }
            }
        }
        if (claims.isEmpty()) {
            return;
        }
        List<Claim> answers =
                sure(() -> ipam.claim(claims.stream().map(Change.Claim::row).toList()));
        for (int i = 0; i < claims.size(); i++) {
            switch (answers.get(i)) {
                case Claim.Made made -> {
                    world.wrote(made.row());
                    note(owners.get(i), claims.get(i));
                }
                case Claim.Had had -> {
                    world.wrote(had.row());
                    lost(owners.get(i), claims.get(i), lost);
                }
                case Claim.Failed failed -> {
                    world.nipap().unsure();
                    owners.get(i).failed(failed.cause());
                }
                case Claim.Taken taken -> {
                    lookAt(taken.address());
                    lost(owners.get(i), claims.get(i), lost);
                }
            }
        }
    }

    /**
     * Lets the runs of this receiver choose and claim addresses one after the other, in the order of arrival. Otherwise all
     * would choose the lowest address, and all but one would lose it.
     *
     * @throws PeerException when the claims before this one take too long
     */
    public <T> T inTurn(Supplier<T> claim) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        // Also if this claim does not wait until its turn, the next one waits for all before it.
        CompletableFuture<Boolean> before =
                lastClaim.getAndUpdate(earlier -> earlier.thenCombine(over, (one, other) -> true));
        try {
            await(before);
            return claim.get();
        } finally {
            over.complete(true);
        }
    }

    private void await(CompletableFuture<Boolean> before) {
        try {
            if (!timer.await(before, LONGEST_WAIT)) {
                throw new PeerException(
                        Peer.NIPAP,
                        PeerException.Kind.DOWN,
                        "waited " + LONGEST_WAIT.toSeconds() + " s for other guests to get their addresses");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "Berth is stopping", stopped);
        }
    }

    private void lost(Run run, Change change, Set<Run> lost) {
        log.lost(change);
        lost.add(run);
    }

    /** The list of the network is brought up to date at this address, so that the next plan does not choose it again. */
    private void lookAt(IpAddress address) {
        ipam.rowAt(address)
                .ifPresentOrElse(world.nipap()::has, () -> world.nipap().hasNone(address));
    }

    /** A write that failed may have been done or not: what is known of rows is stale then. */
    private <T> T sure(Supplier<T> write) {
        try {
            return write.get();
        } catch (PeerException failure) {
            world.nipap().unsure();
            throw failure;
        }
    }
}
