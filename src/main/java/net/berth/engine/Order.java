package net.berth.engine;

/**
 * How a person wants a sync.
 *
 * @param dryRun only show what would be done
 * @param writeBack write the address into the guest even where Berth would hold it back
 */
public record Order(boolean dryRun, boolean writeBack) {
    /** A plain sync. */
    public static final Order PLAIN = new Order(false, false);
}
