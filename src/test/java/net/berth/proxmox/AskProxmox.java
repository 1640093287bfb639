package net.berth.proxmox;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import net.berth.SmallHeap;
import net.berth.engine.port.Compute;
import net.berth.engine.port.PeerException;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;

/** A JVM of its own that asks a Proxmox all that Berth may ask at once, and keeps the lists of guests and the guests. */
final class AskProxmox {
    private static final int ROUNDS = 2;
    /** A full pass reads these, and starts some more. */
    private static final int READS = Compute.BACKGROUND_READS + 8;

    private static final int STARTS = 8;

    private AskProxmox() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        List<byte[]> rest = SmallHeap.rest();
        ProxmoxSettings settings = new ProxmoxSettings(
                List.of(URI.create(arguments[0])),
                "home",
                new ApiToken("berth@pve!berth", Secret.of("secret-of-the-token")),
                new TlsTrust.Fingerprints(List.of(arguments[1])),
                ProxmoxSettings.Limits.usual());
        List<Object> kept = new ArrayList<>();
        try (ProxmoxCompute compute = new ProxmoxCompute(settings);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                List<Future<Object>> answers = new ArrayList<>();
                // The poll and a pass.
                answers.add(threads.submit(() -> said(compute::inventory)));
                answers.add(threads.submit(() -> said(compute::inventory)));
                for (int i = 0; i < READS; i++) {
                    answers.add(threads.submit(() -> said(() -> compute.read(entry()))));
                }
                for (int i = 0; i < STARTS; i++) {
                    answers.add(threads.submit(() -> said(() -> compute.history(guest()))));
                    answers.add(threads.submit(() -> said(() -> compute.live(guest()))));
                }
                List<Object> arrived = new ArrayList<>();
                for (Future<Object> answer : answers) {
                    arrived.add(answer.get());
                }
                kept = arrived;
            }
        }
        kept.stream().map(AskProxmox::text).distinct().forEach(System.out::println);
        System.out.println("alive, beside " + rest.size() + " MB");
    }

    private static Object said(Supplier<Object> question) {
        try {
            return question.get();
        } catch (PeerException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static String text(Object answer) {
        if (answer instanceof Inventory inventory) {
            return "guests listed: " + inventory.guests().size();
        }
        String text = answer.toString();
        return text.length() < 200 ? text : text.substring(0, 200) + "... of " + text.length();
    }

    private static Inventory.Entry entry() {
        return new Inventory.Entry(id(), "pve1", "web", GuestStatus.RUNNING, "", Duration.ofHours(1));
    }

    private static GuestId id() {
        return new GuestId("home", GuestType.QEMU, 101);
    }

    private static Guest guest() {
        return new Guest(
                id(),
                "web",
                "pve1",
                GuestStatus.RUNNING,
                Duration.ofHours(1),
                false,
                "",
                "",
                true,
                "",
                List.of(),
                List.of());
    }
}
