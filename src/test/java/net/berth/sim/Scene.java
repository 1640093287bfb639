package net.berth.sim;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.berth.engine.EngineSettings;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;

/**
 * What a run is set up with.
 *
 * @param receivers how many receivers there are
 * @param engine the settings of each of them
 * @param subnets what the router serves
 */
record Scene(int receivers, EngineSettings engine, List<DhcpSubnet> subnets) {
    static final Duration POLL = Duration.ofSeconds(10);
    static final Duration RESYNC = Duration.ofMinutes(2);
    static final Duration RELEASE_AFTER = Duration.ofMinutes(2);
    static final int RELEASE_LIMIT = 2;
    static final String LAN = "vmbr0";
    static final String DMZ = "vmbr1";

    static Scene of(long seed, int receivers) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = random.nextInt(5) == 0 ? 28 : 27;
        boolean dnsmasq = random.nextBoolean();
        Network lan = network("lan", LAN, "10.0.1.", length, "LAN");
        Network dmz = network("dmz", DMZ, "10.0.2.", 28, random.nextInt(3) == 0 ? "" : "DMZ");
        Policy policy = new Policy(
                Policy.Select.HOOK,
                "berth",
                Policy.Mode.SYNC,
                Policy.WriteBack.FIRST_BOOT,
                RELEASE_AFTER,
                RELEASE_LIMIT);
        List<DhcpSubnet> subnets = List.of(
                new DhcpSubnet(
                        "LAN",
                        lan.prefix(),
                        dnsmasq ? "home.lan" : "",
                        List.of(AddressRange.parse("10.0.1.12-10.0.1.14"))),
                new DhcpSubnet("DMZ", dmz.prefix(), "", List.of()));
        return new Scene(receivers, new EngineSettings(Pve.CLUSTER, List.of(lan, dmz), policy, POLL, RESYNC), subnets);
    }

    private static Network network(String name, String bridge, String start, int length, String dhcp) {
        return new Network(
                name,
                bridge,
                0,
                Prefix.parse(start + "0/" + length),
                IpAddress.parse(start + "1"),
                name.equals("lan") ? "home.lan" : "dmz.lan",
                List.of(),
                dhcp,
                List.of());
    }

    /** The network that a NIC is on. */
    Network network(Nic nic) {
        return Network.of(nic, engine.networks()).orElseThrow();
    }
}
