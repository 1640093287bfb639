package net.berth.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Which address of this machine others reach it by. */
final class LocalAddress {
    private static final int ANY_PORT = 9;

    private LocalAddress() {}

    /** The address from which this machine would speak to a host; nothing is sent. The loopback when nobody knows. */
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
