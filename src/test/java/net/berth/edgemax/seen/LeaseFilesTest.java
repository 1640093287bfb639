package net.berth.edgemax.seen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.Lease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases from the daemons' own files, in both modes. */
class LeaseFilesTest {
    private static final Instant END = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void dnsmasqsFileIsReadWithItsOddLines() {
        assertThat(LeaseFiles.dnsmasq("""
                        1795176000 c6:94:83:00:00:01 192.168.1.201 phone 01:c6:94:83:00:00:01
                        1795176000 c6:94:83:00:00:02 192.168.1.202 * *
                        0 c6:94:83:00:00:03 192.168.1.203 tv ff:00
                        1795176000 06-c6:94:83:00:00:04 192.168.1.204 token *
                        1795176000 c6:94:83:00:00:05 999.168.1.205 odd *
                        duid 00:01:00:01:2b:5b:5a:5c:00:00:5e:00:53:01
                        1795176000 1234 fd00::9 six 00:01
                        half of a li"""))
                .containsExactly(lease(201, 1, END, "phone"), lease(202, 2, END, ""), lease(203, 3, Instant.MAX, "tv"));
    }

    @Test
    void aNameWithoutEndIsReadInBearableTime() {
        String name = "\\303\\244\\\"x".repeat(120_000);

        List<Lease> leases =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> LeaseFiles.isc("""
                        lease 192.168.1.201 {
                          ends never;
                          binding state active;
                          hardware ethernet c6:94:83:00:00:09;
                          client-hostname "NAME";
                        }
                        """.replace("NAME", name)));

        assertThat(leases).containsExactly(lease(201, 9, Instant.MAX, "\u00e4\"x".repeat(120_000)));
    }

    @Test
    void iscsFileIsReadAndTheLastEntryOfAnAddressCounts() {
        assertThat(LeaseFiles.isc("""
                        # The format of this file is documented in the dhcpd.leases(5) manual page.
                        lease 192.168.1.201 {
                          starts 5 2026/11/20 10:00:00;
                          ends 5 2026/11/20 11:00:00;
                          binding state active;
                          hardware ethernet c6:94:83:00:00:09;
                        }
                        lease 192.168.1.202 {
                          ends epoch 1795176000; # Fri Nov 20 12:00:00 2026
                          cltt 5 2026/11/20 10:00:00;
                          binding state active;
                          next binding state free;
                          rewind binding state free;
                          hardware ethernet c6:94:83:00:00:02;
                          uid "\\001\\306\\224";
                          client-hostname "b\\303\\244d \\"n\\\\me";
                        }
                        lease 192.168.1.201 {
                          ends 5 2026/11/20 12:00:00;
                          binding state active;
                          hardware ethernet c6:94:83:00:00:01;
                        }
                        lease 192.168.1.203 {
                          ends never;
                          binding state active;
                          hardware ethernet c6:94:83:00:00:03;
                        }
                        lease 192.168.1.204 {
                          ends 5 2026/11/20 12:00:00;
                          binding state free;
                          hardware ethernet c6:94:83:00:00:04;
                        }
                        lease 192.168.1.203 {
                          binding state active;
                          hardware ethernet c6:94:83:"""))
                .containsExactly(
                        lease(201, 1, END, ""), lease(202, 2, END, "b\u00e4d \"n\\me"), lease(203, 3, Instant.MAX, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enable", "disable"})
    void theRoutersFilesGiveTheSameLeasesInBothModesWhateverZoneItPrintsTimesIn(String dnsmasq) {
        try (EdgeOs edge = EdgeOs.start();
                EdgeMaxRouter router = new EdgeMaxRouter(Bench.settings(edge))) {
            edge.admin("set service dhcp-server use-dnsmasq " + dnsmasq);
            edge.showsLeaseTimesIn(ZoneId.of("Asia/Tokyo"));
            edge.lease("192.168.1.201", "c6:94:83:00:00:01", END, "LAN", "phone");
            edge.lease("192.168.1.202", "c6:94:83:00:00:02", END.plusSeconds(60), "LAN", "");
            // The printer has a static mapping: its lease is in the file, but not in the printed table.
            edge.lease("192.168.1.5", "aa:bb:cc:dd:ee:0f", END, "LAN", "printer");

            assertThat(router.read().leases())
                    .containsExactly(
                            new Lease(address(201), mac(1), END, "phone"),
                            new Lease(address(202), mac(2), END.plusSeconds(60), ""),
                            new Lease(address(5), MacAddress.parse("AA:BB:CC:DD:EE:0F"), END, "printer"));
        }
    }

    @Test
    void whereTheFilesCannotBeReadThePrintedTableServes() {
        try (EdgeOs edge = EdgeOs.start();
                EdgeMaxRouter router = new EdgeMaxRouter(Bench.settings(edge))) {
            edge.lease("192.168.1.201", "c6:94:83:00:00:01", END, "LAN", "phone");
            Lease expected = new Lease(address(201), mac(1), END, "phone");
            edge.faults().sudoAsksForPassword(true);
            assertThat(router.read().leases()).containsExactly(expected);
            edge.faults().sudoAsksForPassword(false);
            edge.faults().hideLeaseFiles(true);
            assertThat(router.read().leases()).containsExactly(expected);
        }
    }

    @Test
    void anyLeasesComeBackFromTheFormsTheyArePrintedIn() {
        Random random = new Random(5);
        try (EdgeOs edge = EdgeOs.start();
                EdgeMaxRouter router = new EdgeMaxRouter(Bench.settings(edge))) {
            for (int i = 0; i < 30; i++) {
                List<Lease> leases = new ArrayList<>();
                for (int host = 201; host < 203 + random.nextInt(30); host++) {
                    edge.endLease("192.168.1." + host);
                    Instant end = random.nextInt(9) == 0
                            ? END
                            : Instant.ofEpochSecond(1_700_000_000L + random.nextInt(500_000_000));
                    String name = random.nextInt(4) == 0 ? "" : "h" + Integer.toString(random.nextInt(), 36);
                    leases.add(new Lease(address(host), mac(random.nextInt(256)), end, name));
                }
                leases.forEach(lease -> edge.lease(
                        lease.address().toString(),
                        lease.mac().lowerCase(),
                        lease.expires(),
                        "LAN",
                        lease.clientName()));
                edge.faults().hideLeaseFiles(i % 3 == 2);
                edge.admin("set service dhcp-server use-dnsmasq " + (i % 3 == 0 ? "enable" : "disable"));

                assertThat(router.read().leases()).containsExactlyElementsOf(leases);
                leases.forEach(lease -> edge.endLease(lease.address().toString()));
            }
        }
    }

    @Test
    void anyTextGivesLeasesOrNone() {
        Random random = new Random(12);
        String base = "lease 192.168.1.201 {\n  ends 5 2026/11/20 12:00:00;\n  binding state active;\n"
                + "  hardware ethernet c6:94:83:00:00:01;\n  client-hostname \"a\\303\\244\";\n}\n"
                + "1795176000 c6:94:83:00:00:01 192.168.1.201 phone *\n";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(base);
            for (int edits = random.nextInt(20); edits > 0; edits--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(300));
            }
            assertThat(LeaseFiles.isc(text.toString())).hasSizeLessThanOrEqualTo(20);
            assertThat(LeaseFiles.dnsmasq(text.toString())).hasSizeLessThanOrEqualTo(20);
        }
    }

    private static IpAddress address(int host) {
        return IpAddress.parse("192.168.1." + host);
    }

    private static MacAddress mac(int last) {
        return MacAddress.parse("C6:94:83:00:00:%02X".formatted(last));
    }

    private static Lease lease(int host, int mac, Instant end, String name) {
        return new Lease(address(host), mac(mac), end, name);
    }
}
