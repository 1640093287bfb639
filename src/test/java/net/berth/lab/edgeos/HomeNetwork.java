package net.berth.lab.edgeos;

/** The config that the stand-in begins with: a small home, with entries that some person made by hand. */
final class HomeNetwork {
    static final String CONFIG = """
            set firewall name WAN_IN default-action drop
            set firewall name WAN_IN description 'from outside; allow nothing'
            set interfaces ethernet eth0 address dhcp
            set interfaces ethernet eth1 address 192.168.1.1/24
            set interfaces ethernet eth1 description 'LAN $HOME `id` & <x>'
            set service dhcp-server disabled false
            set service dhcp-server shared-network-name LAN authoritative enable
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 default-router 192.168.1.1
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 dns-server 192.168.1.1
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 domain-name home.lan
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 lease 86400
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 start 192.168.1.200 stop 192.168.1.243
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping printer ip-address 192.168.1.5
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping printer mac-address AA:BB:CC:DD:EE:0F
            set service dhcp-server use-dnsmasq enable
            set service dns forwarding cache-size 150
            set service dns forwarding listen-on eth1
            set service dns forwarding options host-record=nas.home.lan,nas,192.168.1.6
            set system domain-name home.lan
            set system host-name edge
            set system static-host-mapping host-name camera.home.lan alias camera
            set system static-host-mapping host-name camera.home.lan inet 192.168.1.7
            set system static-host-mapping host-name camera.home.lan inet fd00::7
            """;

    private HomeNetwork() {}
}
