package net.berth.model;

/** Virtual machine or container; the word is the one in Proxmox's API paths. */
public enum GuestType {
    QEMU("qemu"),
    LXC("lxc");

    private final String word;

    GuestType(String word) {
        this.word = word;
    }

    /** The type with this word; throws IllegalArgumentException for any other. */
    public static GuestType of(String word) {
        return switch (word) {
            case "qemu" -> QEMU;
            case "lxc" -> LXC;
            default -> throw new IllegalArgumentException("\"" + word + "\" is neither qemu nor lxc");
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
