package net.berth.model;

/** Where the addresses of a network's new guests are taken from. */
public sealed interface Allocation {

    /** The whole prefix, the lowest free address first. */
    record Lowest() implements Allocation {}

    /**
     * What of the prefix belongs to one of NIPAP's pools, the lowest free address first.
     *
     * @param name the pool's name
     */
    record Pool(String name) implements Allocation {}
}
