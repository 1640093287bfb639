package net.berth.model;

import java.util.Arrays;

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
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is neither qemu nor lxc"));
    }

    @Override
    public String toString() {
        return word;
    }
}
