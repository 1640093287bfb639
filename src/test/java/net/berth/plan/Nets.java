package net.berth.plan;

import java.util.List;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;

/** The networks of the tests. */
public final class Nets {
    /** Untagged on vmbr0; .2 to .19 excluded; the router leases .200 to .250 by itself. */
    public static final Network LAN = new Network(
            "lan",
            "vmbr0",
            0,
            Prefix.parse("192.168.1.0/24"),
            IpAddress.parse("192.168.1.1"),
            "home.lan",
            List.of(IpAddress.parse("192.168.1.1")),
            "LAN",
            List.of(AddressRange.parse("192.168.1.2-192.168.1.19")));

    /** The same, but nothing is excluded and guests are told of no nameserver. */
    public static final Network FREE = new Network(
            "lan",
            "vmbr0",
            0,
            Prefix.parse("192.168.1.0/24"),
            IpAddress.parse("192.168.1.1"),
            "home.lan",
            List.of(),
            "LAN",
            List.of());

    /** VLAN 30 on vmbr0, with a domain of its own and nothing excluded; the router leases .3 to .9. */
    public static final Network IOT = new Network(
            "iot",
            "vmbr0",
            30,
            Prefix.parse("192.168.30.0/24"),
            IpAddress.parse("192.168.30.1"),
            "iot.lan",
            List.of(IpAddress.parse("192.168.30.2")),
            "IOT",
            List.of());

    /** vmbr1: six hosts, no domain, nothing on the router. */
    public static final Network DMZ = new Network(
            "dmz", "vmbr1", 0, Prefix.parse("10.9.0.0/29"), IpAddress.parse("10.9.0.1"), "", List.of(), "", List.of());

    public static final List<Network> ALL = List.of(LAN, IOT, DMZ);

    private Nets() {}

    /** The router's subnets; with dnsmasq a mapping makes its own name. */
    public static List<DhcpSubnet> subnets(boolean dnsmasq) {
        return List.of(
                new DhcpSubnet(
                        "LAN",
                        LAN.prefix(),
                        dnsmasq ? "home.lan" : "",
                        List.of(AddressRange.parse("192.168.1.200-192.168.1.250"))),
                new DhcpSubnet(
                        "IOT",
                        IOT.prefix(),
                        dnsmasq ? "iot.lan" : "",
                        List.of(AddressRange.parse("192.168.30.3-192.168.30.9"))));
    }
}
