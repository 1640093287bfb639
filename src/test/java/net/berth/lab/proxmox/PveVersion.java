package net.berth.lab.proxmox;

/** The generations of Proxmox VE that differ in what a client or a hook sees. */
public enum PveVersion {
    /** PVE 8 before January 2025: the text of an error stands only in the reason phrase. */
    PVE_8_OLD("8.2.4", false, true),
    /** PVE 8.4: the text stands in the body too; post-stop still runs outside the stop task. */
    PVE_8("8.4.1", true, true),
    /** PVE 9: post-stop runs inside the stop task. */
    PVE_9("9.1.3", true, false);

    private final String version;
    private final boolean messageInBody;
    private final boolean legacyCleanup;

    PveVersion(String version, boolean messageInBody, boolean legacyCleanup) {
        this.version = version;
        this.messageInBody = messageInBody;
        this.legacyCleanup = legacyCleanup;
    }

    String version() {
        return version;
    }

    boolean messageInBody() {
        return messageInBody;
    }

    /** Whether {@code qm cleanup}, with a lock of its own and its output in the journal, runs a VM's post-stop. */
    boolean legacyCleanup() {
        return legacyCleanup;
    }

    boolean isEight() {
        return this != PVE_9;
    }
}
