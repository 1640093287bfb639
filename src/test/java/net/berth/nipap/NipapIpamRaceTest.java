package net.berth.nipap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.berth.engine.port.Ipam.Claim;
import net.berth.engine.port.PeerException;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.nipap.LabRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several receivers side by side on one NIPAP. */
@Timeout(60)
class NipapIpamRaceTest {
    private static final int RECEIVERS = 3;
    private static final int GUESTS = 40;

    /** As the plan does it: the lowest address that nobody has, looked for again after each loss. */
    static boolean bind(NipapIpam ipam, int vmid) {
        int host = 10;
        for (int attempt = 0; attempt < 1000 && host < 250; attempt++) {
            try {
                Claim claim = ipam.claim(IpamFixture.row(vmid, "192.168.1." + host));
                if (!(claim instanceof Claim.Taken)) {
                    return true;
                }
                host++;
            } catch (PeerException e) {
                assertThat(e.kind()).as("a pass may fail, and is made again").isEqualTo(PeerException.Kind.DOWN);
            }
        }
        return false;
    }

    @Test
    void receiversThatBindTheSameGuestsAtOnceEndWithOneRowForEach() throws InterruptedException, ExecutionException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<NipapIpam> receivers = new ArrayList<>();
        try (LabNipap lab = IpamFixture.lab();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                lab.mishaps().loseReply(random.nextBoolean() ? "add_prefix" : "search_prefix");
                lab.mishaps().deadlock("add_prefix");
            }
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int receiver = 0; receiver < RECEIVERS; receiver++) {
                NipapIpam ipam = IpamFixture.ipam(lab);
                receivers.add(ipam);
                for (int vmid = 100; vmid < 100 + GUESTS; vmid++) {
                    int guest = vmid;
                    work.add(() -> bind(ipam, guest));
                }
            }
            Collections.shuffle(work, random);
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
            assertThat(lab.hosts())
                    .as("seed " + seed)
                    .extracting(LabRow::externalKey)
                    .hasSize(GUESTS)
                    .doesNotHaveDuplicates();
            assertThat(lab.hosts()).extracting(LabRow::address).doesNotHaveDuplicates();
        } finally {
            receivers.forEach(NipapIpam::close);
        }
    }
}
