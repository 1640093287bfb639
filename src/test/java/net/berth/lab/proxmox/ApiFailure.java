package net.berth.lab.proxmox;

import java.util.Map;

/** An error as Proxmox answers it: a status and a text whose first line becomes the reason phrase. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient Map<String, String> errors;

    ApiFailure(int status, String text, Map<String, String> errors) {
        super(text);
        this.status = status;
        this.errors = Map.copyOf(errors);
    }

    /** A plain error: Proxmox answers nearly everything with 500. */
    public static ApiFailure die(String text) {
        return new ApiFailure(500, text, Map.of());
    }

    /** An error with a status of its own. */
    public static ApiFailure status(int status, String text) {
        return new ApiFailure(status, text, Map.of());
    }

    static ApiFailure parameters(Map<String, String> errors) {
        return new ApiFailure(400, "Parameter verification failed.", errors);
    }

    static ApiFailure permission(String path, String privileges) {
        return new ApiFailure(403, "Permission check failed (" + path + ", " + privileges + ")", Map.of());
    }

    int status() {
        return status;
    }

    Map<String, String> errors() {
        return errors;
    }
}
