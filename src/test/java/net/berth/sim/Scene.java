package net.berth.sim;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.berth.engine.EngineSettings;
import net.berth.model.AddressRange;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.ReservedNames;
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

    private static final String POOL = "guests";
    private static final Policy PLAIN = policy(Policy.Select.HOOK, Policy.Mode.SYNC, Policy.WriteBack.FIRST_BOOT);

    /** With the settings that most have. */
    static Scene of(long seed, int receivers) {
        return of(seed, receivers, PLAIN, "");
    }

    /** With a mode, a choice of guests, a write-back and a pool that the seed decides. */
    static Scene varied(long seed, int receivers) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x6A09E667F3BCC908L);
        Policy.Mode mode =
                switch (random.nextInt(8)) {
                    case 0 -> Policy.Mode.REPORT;
                    case 1 -> Policy.Mode.CREATE;
                    default -> Policy.Mode.SYNC;
                };
        Policy.Select select =
                switch (random.nextInt(5)) {
                    case 0 -> Policy.Select.TAG;
                    case 1 -> Policy.Select.ALL;
                    default -> Policy.Select.HOOK;
                };
        Policy.WriteBack writeBack =
                switch (random.nextInt(5)) {
                    case 0 -> Policy.WriteBack.NEVER;
                    case 1 -> Policy.WriteBack.ALWAYS;
                    default -> Policy.WriteBack.FIRST_BOOT;
                };
        boolean pool = random.nextInt(5) == 0;
        return of(seed, receivers, policy(select, mode, writeBack), pool ? POOL : "");
    }

    private static Policy policy(Policy.Select select, Policy.Mode mode, Policy.WriteBack writeBack) {
        return new Policy(select, "berth", mode, writeBack, RELEASE_AFTER, RELEASE_LIMIT);
    }

    private static Scene of(long seed, int receivers, Policy policy, String pool) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = random.nextInt(5) == 0 ? 28 : 27;
        boolean dnsmasq = random.nextBoolean();
        Network lan = network("lan", LAN, "10.0.1.", length, "LAN", pool);
        Network dmz = network("dmz", DMZ, "10.0.2.", 28, random.nextInt(3) == 0 ? "" : "DMZ", "");
        List<DhcpSubnet> subnets = List.of(
                new DhcpSubnet(
                        "LAN",
                        lan.prefix(),
                        dnsmasq ? "home.lan" : "",
                        List.of(AddressRange.parse("10.0.1.12-10.0.1.14"))),
                new DhcpSubnet("DMZ", dmz.prefix(), "", List.of()));
        return new Scene(
                receivers,
                new EngineSettings(Pve.CLUSTER, List.of(lan, dmz), policy, ReservedNames.NONE, POLL, RESYNC),
                subnets);
    }

    Policy.Mode mode() {
        return engine.policy().mode();
    }

    Policy.WriteBack writeBack() {
        return engine.policy().writeBack();
    }

    /** Whether each guest is Berth's business. */
    boolean selectsAll() {
        return engine.policy().select() == Policy.Select.ALL;
    }

    /** What of a network new addresses are taken from: its upper half where it has a pool. */
    Prefix pool(Network network) {
        Prefix whole = network.prefix();
        return network.pool().isEmpty() ? whole : Prefix.parse("10.0.1." + (whole.length() == 28 ? "8/29" : "16/28"));
    }

    private static Network network(String name, String bridge, String start, int length, String dhcp, String pool) {
        return new Network(
                name,
                bridge,
                0,
                Prefix.parse(start + "0/" + length),
                start + "1",
                name.equals("lan") ? "home.lan" : "dmz.lan",
                List.of(),
                dhcp,
                List.of(),
                pool);
    }

    /** The network that a NIC is on. */
    Network network(Nic nic) {
        return Network.of(nic, engine.networks()).orElseThrow();
    }
}
