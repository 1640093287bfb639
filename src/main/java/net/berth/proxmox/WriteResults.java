package net.berth.proxmox;

import net.berth.engine.port.Compute.WriteResult;
import net.berth.proxmox.api.PveError;
import net.berth.proxmox.api.PveException;

/** What an error means for a write. */
final class WriteResults {
    private WriteResults() {}

    /**
     * The outcome that the error stands for.
     *
     * @throws net.berth.engine.port.PeerException where nobody knows the outcome, or no node answered
     */
    static WriteResult of(PveException failure) {
        return switch (failure.error()) {
            case PveError.ConfigBusy busy -> new WriteResult.Busy(busy.text());
            case PveError.DigestMismatch mismatch -> new WriteResult.Busy(mismatch.text());
            case PveError.GuestLocked locked -> new WriteResult.Locked(locked.lock());
            case PveError.NoSuchConfig gone -> new WriteResult.Stale(gone.text());
            case PveError.Forbidden forbidden -> refused(failure);
            case PveError.BadParameter bad -> refused(failure);
            case PveError.Other other -> refused(failure);
            case PveError.Unauthorized unauthorized -> throw failure.asPeerException();
            case PveError.NodeUnreachable unreachable -> throw failure.asPeerException();
            case PveError.NotConnected notConnected -> throw failure.asPeerException();
            case PveError.NoAnswer noAnswer -> throw failure.asPeerException();
            case PveError.Garbled garbled -> throw failure.asPeerException();
        };
    }

    private static WriteResult refused(PveException failure) {
        return new WriteResult.Refused(failure.explanation());
    }
}
