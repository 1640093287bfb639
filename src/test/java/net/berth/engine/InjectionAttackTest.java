package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.engine.port.RealTimer;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Command injection: every text that others can choose (a guest's name, what stands in its rows in NIPAP) goes the whole
 * way to the router of the lab, whose commands a real shell reads.
 */
class InjectionAttackTest {
    private static final Pattern MAPPING = Pattern.compile("static-mapping (\\S+)");
    private static final List<String> HOSTILE = List.of(
            "x'; touch @; '",
            "$(touch @)",
            "`touch @`",
            "x\ntouch @\n",
            "x\"; touch @; \"",
            "| touch @",
            "; touch @ #",
            "x'\nrun 1 \"$W\" delete 'system'\n'",
            "x' && \"$W\" delete service && '",
            "-rf",
            "..",
            "../../../../@",
            "x\u0000; touch @",
            "@@END rc=0",
            "x".repeat(5_000));

    @TempDir
    Path folder;

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final EdgeOs edge = EdgeOs.start();
    private final EdgeMaxRouter router = new EdgeMaxRouter(Bench.settings(edge, Duration.ofSeconds(60)));
    private final RealTimer timer = new RealTimer();
    private final Engine engine = Engines.usual().over(compute, ipam, router, timer);

    @AfterEach
    void stop() {
        engine.close();
        timer.close();
        router.close();
        edge.close();
    }

    private String hostile(int number) {
        return HOSTILE.get(number % HOSTILE.size())
                .replace("@", folder.resolve("canary").toString());
    }

    @Test
    void noNameAndNoRowRunsACommandOnTheRouter() {
        List<String> before = edge.dump().lines().toList();
        for (int i = 0; i < HOSTILE.size(); i++) {
            compute.add(GuestType.LXC, 101 + i, hostile(i), new NicConfig.Dhcp());
        }
        engine.sync(SyncOptions.PLAIN);
        unharmed(before);
        assertThat(edge.mappings()).as("they get their addresses all the same").hasSizeGreaterThan(HOSTILE.size());

        tamper();
        engine.sync(SyncOptions.PLAIN);
        unharmed(before);

        compute.guests.keySet().stream().toList().forEach(guest -> compute.rename(guest, "guest-" + guest.vmid()));
        tamper();
        engine.sync(SyncOptions.PLAIN);
        unharmed(before);

        engine.releaseAll(false);
        unharmed(before);
    }

    /** Somebody with NIPAP's password writes into the rows. */
    private void tamper() {
        for (AddressRow row : List.copyOf(ipam.rows)) {
            String text = hostile((int) row.id());
            Map<String, String> avps = new HashMap<>(row.avps());
            avps.putAll(Map.of(
                    RowAttributes.MAPPING,
                    text,
                    RowAttributes.WAS,
                    text + " " + text + ".home.lan",
                    RowAttributes.ORIGIN,
                    text));
            ipam.put(new AddressRow(
                    row.id(),
                    row.address(),
                    row.source(),
                    row.externalKey(),
                    text,
                    text,
                    row.status(),
                    List.of("berth", text),
                    avps));
        }
    }

    private void unharmed(List<String> before) {
        assertThat(folder).isEmptyDirectory();
        assertThat(edge.dump().lines()).containsAll(before);
        assertThat(MAPPING.matcher(edge.dump()).results().map(found -> found.group(1)))
                .allSatisfy(name -> assertThat(name).matches("[a-z0-9-]{2,63}"));
        assertThat(edge.dhcpRuns()).isTrue();
    }
}
