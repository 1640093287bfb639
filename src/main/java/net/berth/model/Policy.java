package net.berth.model;

import java.time.Duration;

/**
 * What Berth may do with guests, from the settings.
 *
 * @param releaseAfter how long the address of a guest that is gone stays in quarantine
 * @param releaseLimit how many guests may disappear at once before a human must confirm
 * @param nicsLimit how many NICs of one guest get addresses; rows that are there already stay beyond it
 */
public record Policy(
        Select select,
        String tag,
        Mode mode,
        WriteBack writeBack,
        Duration releaseAfter,
        int releaseLimit,
        int nicsLimit) {
    /** More than a guest usually has. */
    public static final int NICS_LIMIT = 8;

    /** With the usual limit of NICs. */
    public Policy(Select select, String tag, Mode mode, WriteBack writeBack, Duration releaseAfter, int releaseLimit) {
        this(select, tag, mode, writeBack, releaseAfter, releaseLimit, NICS_LIMIT);
    }

    /** Which guests are managed. */
    public enum Select {
        /** Those whose hookscript is Berth's. */
        HOOK,
        /** Those with a tag. */
        TAG,
        /** All but templates. */
        ALL
    }

    /** How far Berth goes. */
    public enum Mode {
        /** Shows what it would do. */
        REPORT,
        /** Makes what is missing; changes and removes nothing. */
        CREATE,
        /** Keeps all three systems equal. */
        SYNC
    }

    /** When an address goes into a VM's cloud-init config; containers only know never or not never. */
    public enum WriteBack {
        NEVER,
        FIRST_BOOT,
        ALWAYS
    }

    /** Whether a guest is managed. Templates never are: they do not run. */
    public boolean selects(Guest guest) {
        if (guest.template()) {
            return false;
        }
        return switch (select) {
            case HOOK -> isBerthHook(guest.hookscript());
            case TAG -> guest.tags().contains(tag);
            case ALL -> true;
        };
    }

    /** A volume such as {@code local:snippets/berth-hook}: the file's name begins with {@code berth}. */
    public static boolean isBerthHook(String volume) {
        return volume.substring(volume.lastIndexOf('/') + 1).startsWith("berth");
    }
}
