package net.berth.proxmox.text;

/** A config string of a guest that cannot be read; the message quotes it and says what is wrong. */
public final class ConfigTextException extends RuntimeException {
    public ConfigTextException(String text, String problem) {
        super("\"" + text + "\": " + problem);
    }
}
