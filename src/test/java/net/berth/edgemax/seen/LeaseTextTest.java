package net.berth.edgemax.seen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.Lease;
import org.junit.jupiter.api.Test;

/** Reading the lease table. */
class LeaseTextTest {
    private static final String HEAD = """
            Warning: leased IP address [3232235786] not in any of the pools
            Warning: leased IP address [3232235787] not in any of the pools
            IP address      Hardware Address   Lease expiration     Pool       Client Name
            ----------      ----------------   ----------------     ----       -----------
            """;

    @Test
    void bothDateFormsAreRead() {
        assertThat(LeaseText.parse(HEAD + """
                        192.168.1.133   c6:94:83:00:00:47  2026/09/15 10:03:30  LAN        Pixel-5
                        192.168.1.134   c6:94:83:00:00:48  Sep 18, 2026         5          HOSTNAME  \s
                        """))
                .containsExactly(
                        lease(133, "C6:94:83:00:00:47", "2026-09-15T10:03:30Z", "Pixel-5"),
                        lease(134, "C6:94:83:00:00:48", "2026-09-18T23:59:59Z", "HOSTNAME"));
    }

    @Test
    void namesMayBeMissingUnknownOrOfSeveralWords() {
        assertThat(LeaseText.parse("""
                        192.168.1.1 c6:94:83:00:00:01  2026/09/15 10:03:30  LAN        ?
                        192.168.1.2 c6:94:83:00:00:02  2026/09/15 10:03:30  LAN
                        192.168.1.3 c6:94:83:00:00:03  2026/09/15 10:03:30  LAN        Bob's phone (old)
                        192.168.1.4 c6:94:83:00:00:04  2026/09/15 10:03:30
                        192.168.1.5 c6:94:83:00:00:05
                        """))
                .extracting(Lease::clientName)
                .containsExactly("", "", "Bob's phone (old)", "", "");
    }

    @Test
    void aDateThatCannotBeReadStillIsALease() {
        assertThat(LeaseText.parse("192.168.1.9  c6:94:83:00:00:09  soon, maybe   LAN   tv\n"))
                .containsExactly(new Lease(
                        IpAddress.parse("192.168.1.9"), MacAddress.parse("C6:94:83:00:00:09"), Instant.MAX, "tv"));
        assertThat(LeaseText.parse("192.168.1.9  c6:94:83:00:00:09  2026/99/99 10:00:00  LAN   tv\n"))
                .extracting(Lease::expires)
                .containsExactly(Instant.MAX);
    }

    @Test
    void shortMacDigitsAreReadAndMaskedOnesPassedOver() {
        assertThat(LeaseText.parse("""
                        192.168.1.9  0:1f:13:5a:bd:99  2026/09/15 10:03:30  LAN   tv
                        192.168.1.10  c6:94:83:xx:xx:47  2026/09/15 10:03:30  LAN   tv
                        """)).extracting(Lease::mac).containsExactly(MacAddress.parse("00:1F:13:5A:BD:99"));
    }

    @Test
    void oddBytesInANameDoNoHarm() {
        assertThat(LeaseText.parse("192.168.1.9  c6:94:83:00:00:09  2026/09/15 10:03:30  LAN   a\u001b[2J\uFFFDb\n"))
                .extracting(Lease::clientName)
                .containsExactly("a?[2J?b");
    }

    @Test
    void anyTextGivesLeasesOrNone() {
        Random random = new Random(11);
        String base = HEAD + "192.168.1.133   c6:94:83:00:00:47  2026/09/15 10:03:30  LAN        Pixel-5\n";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(base);
            for (int edits = random.nextInt(30); edits > 0; edits--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(300));
            }
            assertThat(LeaseText.parse(text.toString())).hasSizeLessThanOrEqualTo(40);
        }
    }

    @Test
    void theRoutersOwnTableIsRead() {
        try (EdgeOs edge = EdgeOs.start();
                EdgeMaxRouter router = new EdgeMaxRouter(Bench.settings(edge))) {
            edge.faults().hideLeaseFiles(true);
            edge.leaseWarning(3232235786L);
            edge.lease("192.168.1.201", "c6:94:83:00:00:01", Instant.parse("2026-11-20T12:00:00Z"), "LAN", "phone");
            edge.lease("192.168.1.202", "c6:94:83:00:00:02", Instant.parse("2026-11-20T13:00:00Z"), "LAN", "");
            edge.leaseWithDate("192.168.1.203", "c6:94:83:00:00:03", "Nov 21, 2026", "LAN", "b\u00e4d n\u00e4me");

            List<Lease> leases = router.read().leases();

            assertThat(leases).extracting(Lease::clientName).containsExactly("phone", "", "b\u00e4d n\u00e4me");
            assertThat(leases.getFirst()).isEqualTo(lease(201, "C6:94:83:00:00:01", "2026-11-20T12:00:00Z", "phone"));
        }
    }

    private static Lease lease(int host, String mac, String expires, String name) {
        return new Lease(IpAddress.parse("192.168.1." + host), MacAddress.parse(mac), Instant.parse(expires), name);
    }
}
