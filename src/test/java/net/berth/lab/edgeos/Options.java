package net.berth.lab.edgeos;

/**
 * How the stand-in is set up.
 *
 * @param legacy an EdgeOS 1.x that knows only {@code ssh-rsa}
 * @param login which ways of login it offers
 */
public record Options(boolean legacy, Login login) {
    /** The router's user. */
    public static final String USER = "berth";

    /** The password of that user. */
    public static final String PASSWORD = "router-secret";

    /** Ways of login. */
    public enum Login {
        /** Key, password and keyboard-interactive. */
        ALL,
        /** Keyboard-interactive alone. */
        KEYBOARD_ONLY
    }

    /** A current router. */
    public static Options current() {
        return new Options(false, Login.ALL);
    }
}
