package net.berth.http;

/** The receiver cannot start; the message says why. */
public final class ReceiverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReceiverException(String message, Throwable cause) {
        super(message, cause);
    }
}
