package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.berth.lab.nipap.LabNipap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A network that has grown: what a pass costs NIPAP and the receiver's heap. */
@Tag("alone")
@Timeout(400)
class ManyGuestsTest {
    private static final int GUESTS = 10_000;
    private static final int PASSES = 3;
    private static final long LONGEST_SECONDS = 300;

    @Test
    void passesOverTenThousandGuestsFitAHeapOf80MegabytesAndAskForOneListEach(@TempDir Path folder)
            throws IOException, InterruptedException {
        try (LabNipap lab = LabNipap.start()) {
            lab.addAssignment(ManyGuests.PREFIX.toString(), "lan");
            for (int i = 0; i < GUESTS; i++) {
                lab.addHost(ManyGuests.address(i).toString(), ManyGuests.row(i));
            }
            int writes = lab.writes();
            Path output = folder.resolve("output");

            Process receiver = receiver(lab, output);
            boolean ended = receiver.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            receiver.destroyForcibly();

            String told = Files.readString(output, StandardCharsets.UTF_8);
            System.out.print(told);
            assertThat(ended).as(told).isTrue();
            assertThat(receiver.exitValue()).as(told).isZero();
            assertThat(told.lines().filter(line -> line.contains(GUESTS + " guests, 0 changes and conflicts")))
                    .as(told)
                    .hasSize(PASSES);
            assertThat(lab.calls("search_prefix")).isEqualTo(PASSES);
            assertThat(lab.calls()).containsOnlyKeys("search_prefix", "list_vrf");
            assertThat(lab.packedAnswers())
                    .as("each list, and that of the VRFs, is sent packed")
                    .isEqualTo(PASSES + 1);
            assertThat(lab.writes()).isEqualTo(writes);
        }
    }

    private static Process receiver(LabNipap lab, Path output) throws IOException {
        String classes = System.getProperty("java.class.path");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx80m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        classes,
                        ManyGuests.class.getName(),
                        lab.url().toString(),
                        String.valueOf(GUESTS),
                        String.valueOf(PASSES))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
