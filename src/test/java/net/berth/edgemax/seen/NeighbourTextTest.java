package net.berth.edgemax.seen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.edgemax.Bench;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.Neighbour;
import org.junit.jupiter.api.Test;

class NeighbourTextTest {
    private static final MacAddress MAC = MacAddress.parse("BC:24:11:00:00:14");

    private static Neighbour neighbour(String address, boolean proven) {
        return new Neighbour(IpAddress.parse(address), MAC, proven);
    }

    @Test
    void theKernelsTableSaysWhoAnsweredJustNow() {
        assertThat(LeasesAndNeighbours.neighbours("""
                        192.168.1.20 dev eth1 lladdr bc:24:11:00:00:14 REACHABLE
                        192.168.1.21 dev switch0.20 lladdr bc:24:11:00:00:14 STALE\s
                        192.168.1.1 dev eth0 lladdr bc:24:11:00:00:14 router DELAY
                        192.168.1.22 dev eth1  FAILED
                        192.168.1.23 dev eth1  INCOMPLETE
                        fe80::1 dev eth1 lladdr bc:24:11:00:00:14 REACHABLE
                        """))
                .containsExactly(
                        neighbour("192.168.1.20", true),
                        neighbour("192.168.1.21", false),
                        neighbour("192.168.1.1", false));
    }

    @Test
    void showArpIsUnderstoodTooButProvesNothing() {
        assertThat(LeasesAndNeighbours.neighbours("""
                        Address                  HWtype  HWaddress           Flags Mask            Iface
                        192.168.1.20             ether   bc:24:11:00:00:14   C                     eth1
                        192.168.1.30                     (incomplete)                              switch0.1
                        """)).containsExactly(neighbour("192.168.1.20", false));
    }

    @Test
    void oddTextIsNoNeighbour() {
        for (String text : List.of("", "ip: command not found", "999.1.1.1 dev eth1 lladdr bc:24:11:00:00:14 STALE")) {
            assertThat(LeasesAndNeighbours.neighbours(text)).isEmpty();
        }
    }

    @Test
    void theRoutersViewHasThem() {
        try (Bench bench = Bench.start()) {
            bench.edge.neighbour("192.168.1.20", MAC.lowerCase(), "REACHABLE");
            assertThat(bench.router.read().neighbours()).contains(neighbour("192.168.1.20", true));
            bench.apply(Bench.put(Bench.mapping("web", 20)));
            assertThat(bench.router.read().neighbours()).contains(neighbour("192.168.1.20", true));
        }
    }
}
