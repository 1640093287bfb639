package net.berth.engine;

/**
 * Options of a sync.
 *
 * @param dryRun only show what would be done
 * @param writeBack write the address into the guest's config even where Berth would hold it back
 */
public record SyncOptions(boolean dryRun, boolean writeBack) {
    /** Without options. */
    public static final SyncOptions PLAIN = new SyncOptions(false, false);
}
