package net.berth.edgemax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import net.berth.SmallHeap;
import net.berth.lab.edgeos.EdgeOs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Output as large as a router, or what answers in its place, can make it does not end a JVM with the package's heap. */
@Timeout(240)
class BigOutputTest {
    private static final String WHOLE = """
            set system host-name edge
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 default-router 192.168.1.1
            """;
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    @BeforeEach
    void harmless() throws IOException {
        Files.writeString(folder.resolve("config"), WHOLE);
        Files.writeString(folder.resolve("leases"), "");
        Files.writeString(folder.resolve("neighbours"), "");
        program("cli-shell-api", "exec /bin/cat " + folder + "/config");
        program("ip", "exec /bin/cat " + folder + "/neighbours");
        String file = "case $1 in *leases) exec /bin/cat " + folder
                + "/leases;; *config.conf) echo dhcp-leasefile=/var/run/leases;; *) exec /bin/cat \"$@\";; esac";
        program("cat", file);
        program("lab-cat", file);
    }

    private void program(String name, String line) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String answered() throws IOException, InterruptedException {
        try (EdgeOs edge = EdgeOs.start()) {
            edge.faults().bashrc("PATH=" + folder + ":$PATH");
            String said = SmallHeap.run(folder, AskRouter.class, Integer.toString(edge.port()), edge.hostKey());
            return said;
        }
    }

    /** Writes lines until the file has the size. */
    private void fill(String file, String beginning, int bytes, Line line) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(file))) {
            out.write(beginning);
            for (int written = beginning.length(), i = 0; written < bytes; i++) {
                String text = line.of(i);
                out.write(text);
                written += text.length();
            }
        }
    }

    private interface Line {
        String of(int number);
    }

    private static String mapping(int i) {
        String node = "set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping vm" + i;
        return node + " ip-address 10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255) + "\n" + node
                + " mac-address bc:24:11:%02x:%02x:%02x\n".formatted(i >> 16, i >> 8 & 255, i & 255)
                + "set system static-host-mapping host-name vm" + i + ".home.lan inet 10." + (i >> 16) + "."
                + (i >> 8 & 255) + "." + (i & 255) + "\n";
    }

    @Test
    void asManyMappingsAsAnAnswerHoldsAreRead() throws IOException, InterruptedException {
        fill("config", WHOLE, 3 * MEGABYTE, BigOutputTest::mapping);
        assertThat(answered()).contains("alive").containsPattern("mappings 1[0-9]{4},");
    }

    @Test
    void wordsWithoutNumberAreRefused() throws IOException, InterruptedException {
        fill(
                "config",
                WHOLE,
                5 * MEGABYTE,
                i -> "set " + Integer.toString(i, 36) + " a b c d e f g h i j k l m n o p q r s t u v w x y z\n");
        assertThat(answered()).contains("has more than 200000 nodes", "alive");
    }

    @Test
    void shortLinesWithoutNumberAreRefused() throws IOException, InterruptedException {
        fill("config", WHOLE, 5 * MEGABYTE, i -> "set " + Integer.toString(i, 36) + "\n");
        assertThat(answered()).contains("has more than 100000 lines", "alive");
    }

    @Test
    void aConfigThatIsLongerThanAnyRoutersIsRefused() throws IOException, InterruptedException {
        fill("config", WHOLE, 7 * MEGABYTE, BigOutputTest::mapping);
        assertThat(answered()).contains("has more than 6291456 characters", "alive");
    }

    @Test
    void aLongLineIsCut() throws IOException, InterruptedException {
        program("ip", "head -c " + 20 * MEGABYTE + " /dev/zero | tr '\\0' x; echo");
        assertThat(answered()).contains("neighbours 0", "alive");
    }

    @Test
    void leasesAndNeighboursWithoutNumber() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("config"), WHOLE + "set service dhcp-server use-dnsmasq enable\n");
        fill("leases", "", 5 * MEGABYTE, i -> "1795168800 bc:24:11:00:00:01 10.%d.%d.%d * *\n"
                .formatted(i >> 16, i >> 8 & 255, i & 255));
        fill("neighbours", "", 5 * MEGABYTE, i -> "10.%d.%d.%d dev eth1 lladdr bc:24:11:00:00:01 STALE\n"
                .formatted(i >> 16, i >> 8 & 255, i & 255));
        assertThat(answered()).contains("alive").contains("leases 20000, neighbours 20000");
    }
}
