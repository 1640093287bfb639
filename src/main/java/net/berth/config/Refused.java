package net.berth.config;

/** A value is not of its form. Holds what was found, in words that may be shown. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String found;

    Refused(String found) {
        super(found);
        this.found = found;
    }

    String found() {
        return found;
    }
}
