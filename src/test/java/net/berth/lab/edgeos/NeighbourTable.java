package net.berth.lab.edgeos;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The kernel's ARP table as {@code ip -4 neigh} prints it, with an entry that nobody answered to. */
final class NeighbourTable {
    private final Map<String, String> lines = new ConcurrentSkipListMap<>();

    void add(String address, String mac, String state) {
        boolean met = !state.equals("FAILED");
        lines.put(address, address + " dev eth1 " + (met ? "lladdr " + mac + " " : "") + state + " ");
    }

    String print() {
        return "192.168.1.254 dev eth1  FAILED\n"
                + "203.0.113.1 dev eth0 lladdr 00:00:5e:00:53:01 router REACHABLE\n"
                + lines.values().stream().map(line -> line + "\n").reduce("", String::concat);
    }
}
