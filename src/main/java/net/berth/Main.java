package net.berth;

/** The way in: wires the house together. */
public final class Main {
    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        System.out.println("berth");
    }
}
