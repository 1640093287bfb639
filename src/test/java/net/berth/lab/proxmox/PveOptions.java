package net.berth.lab.proxmox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a stand-in behaves.
 *
 * @param version which generation of Proxmox VE
 * @param nodes the nodes' names; the first one answers the API
 * @param timings how long things take
 * @param clock the time of tasks and uptimes
 * @param dhcp what DHCP answers on the guests' bridges
 * @param hookEnvironment what hookscripts find in their environment beside what Proxmox sets
 */
public record PveOptions(
        PveVersion version,
        List<String> nodes,
        Timings timings,
        InstantSource clock,
        DhcpLookup dhcp,
        Map<String, String> hookEnvironment) {

    /**
     * How long things take.
     *
     * @param lockWait how long a write waits for the config lock; 10 s in the real system
     * @param firmware from the start of QEMU until the guest reads its cloud-init image
     * @param unreported how long a new guest has neither status nor name; up to about 10 s in the real system
     * @param refused how long a bad token waits for its 401; 3 s in the real system
     */
    public record Timings(Duration lockWait, Duration firmware, Duration unreported, Duration refused) {

        /** The times of the real system. */
        public static Timings real() {
            return new Timings(
                    Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(3));
        }

        /** The same behaviour with hardly any waiting: guests boot at once, before post-start runs. */
        public static Timings quick() {
            return new Timings(Duration.ofMillis(250), Duration.ZERO, Duration.ZERO, Duration.ofMillis(20));
        }
    }

    /** Two nodes of PVE 9 with quick timings, no DHCP. */
    public static PveOptions quick() {
        return new PveOptions(
                PveVersion.PVE_9,
                List.of("pve1", "pve2"),
                Timings.quick(),
                InstantSource.system(),
                (mac, bridge, vlan) -> Optional.empty(),
                Map.of());
    }

    /** These options with another version. */
    public PveOptions version(PveVersion other) {
        return new PveOptions(other, nodes, timings, clock, dhcp, hookEnvironment);
    }

    /** These options with other timings. */
    public PveOptions timings(Timings other) {
        return new PveOptions(version, nodes, other, clock, dhcp, hookEnvironment);
    }

    /** These options with another clock. */
    public PveOptions clock(InstantSource other) {
        return new PveOptions(version, nodes, timings, other, dhcp, hookEnvironment);
    }

    /** These options with a DHCP server. */
    public PveOptions dhcp(DhcpLookup other) {
        return new PveOptions(version, nodes, timings, clock, other, hookEnvironment);
    }

    /** These options with more in the environment of hookscripts. */
    public PveOptions hookEnvironment(Map<String, String> other) {
        return new PveOptions(version, nodes, timings, clock, dhcp, other);
    }
}
