package net.berth.setup;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The address by which other machines reach this one. */
final class LocalAddress {
    private static final int ANY_PORT = 9;

    private LocalAddress() {}

    /** The address from which this machine would connect to a host, the loopback address if unknown; nothing is sent. */
    static String towards(String host) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), ANY_PORT));
            String address = socket.getLocalAddress().getHostAddress();
            return address.contains(":") ? "[" + address + "]" : address;
        } catch (IOException e) {
            return "127.0.0.1";
        }
    }
}
