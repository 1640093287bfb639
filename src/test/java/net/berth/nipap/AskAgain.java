package net.berth.nipap;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.berth.engine.port.PeerException;
import net.berth.lab.nipap.LabNipap;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.security.Secret;

/** A JVM of its own that lists several networks at once from the NIPAP of its first argument, and keeps two lists of each. */
final class AskAgain {
    private static final int NETWORKS = 3;
    private static final int ROUNDS = 3;

    private AskAgain() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        NipapSettings settings = new NipapSettings(
                URI.create(arguments[0]),
                LabNipap.USER,
                Secret.of(LabNipap.PASSWORD),
                "default",
                Duration.ofSeconds(20),
                NipapSettings.DEFAULT_BYTE_LIMIT);
        List<List<AddressRow>> kept = new ArrayList<>();
        try (NipapIpam ipam = new NipapIpam(settings);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                List<Future<List<AddressRow>>> lists = new ArrayList<>();
                for (int i = 0; i < NETWORKS; i++) {
                    lists.add(threads.submit(() -> rows(ipam)));
                }
                kept.subList(0, Math.max(0, kept.size() - NETWORKS)).clear();
                for (Future<List<AddressRow>> list : lists) {
                    kept.add(list.get());
                }
            }
        }
        System.out.println("alive, rows: " + kept.getLast().size());
    }

    private static List<AddressRow> rows(NipapIpam ipam) {
        try {
            return ipam.rowsIn(Prefix.parse(IpamFixture.LAN));
        } catch (PeerException refused) {
            System.out.println(refused.getMessage());
            return List.of();
        }
    }
}
