package net.berth.lab.edgeos;

import java.util.concurrent.atomic.AtomicInteger;

/** What the router was made to do since it started. */
public final class Counters {
    final AtomicInteger commits = new AtomicInteger();
    final AtomicInteger saves = new AtomicInteger();
    final AtomicInteger dhcpRestarts = new AtomicInteger();
    final AtomicInteger dnsmasqRestarts = new AtomicInteger();
    final AtomicInteger execs = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger logins = new AtomicInteger();
    final AtomicInteger keepalives = new AtomicInteger();
    final AtomicInteger execsAtOnce = new AtomicInteger();
    final AtomicInteger lines = new AtomicInteger();

    /** Commits that changed something, of anybody. */
    public int commits() {
        return commits.get();
    }

    /** Saves of the config. */
    public int saves() {
        return saves.get();
    }

    /** Restarts of the DHCP server of ISC mode. */
    public int dhcpRestarts() {
        return dhcpRestarts.get();
    }

    /** Restarts of dnsmasq. */
    public int dnsmasqRestarts() {
        return dnsmasqRestarts.get();
    }

    /** Commands run over SSH. */
    public int execs() {
        return execs.get();
    }

    /** Reads of the whole config. */
    public int reads() {
        return reads.get();
    }

    /** SSH logins that succeeded. */
    public int logins() {
        return logins.get();
    }

    /** How often a client asked on its connection whether the router is still there. */
    public int keepalives() {
        return keepalives.get();
    }

    /** The most commands that ever ran at the same time. */
    public int mostExecsAtOnce() {
        return execsAtOnce.get();
    }

    /** Calls of set and delete. */
    public int lines() {
        return lines.get();
    }
}
