package net.berth.lab.edgeos;

/**
 * How the stand-in is set up.
 *
 * @param legacy an EdgeOS 1.x that knows only {@code ssh-rsa}
 * @param login which ways of login it offers
 * @param hostKey which kind of host key it has; a legacy router has RSA
 */
public record Options(boolean legacy, Login login, HostKey hostKey) {
    /** The router's user. */
    public static final String USER = "berth";

    /** The password of that user. */
    public static final String PASSWORD = "router-secret";

    /** Kinds of host keys. */
    public enum HostKey {
        /** NIST P-256. */
        ECDSA,
        /** 2048 bits. */
        RSA,
        /** The newest. */
        ED25519
    }

    /** With an ECDSA key, or RSA on a legacy router. */
    public Options(boolean legacy, Login login) {
        this(legacy, login, legacy ? HostKey.RSA : HostKey.ECDSA);
    }

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
