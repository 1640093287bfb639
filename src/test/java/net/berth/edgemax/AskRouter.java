package net.berth.edgemax;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.berth.SmallHeap;
import net.berth.engine.port.PeerException;
import net.berth.lab.edgeos.Options;
import net.berth.model.router.RouterView;
import net.berth.security.Secret;

/** A JVM of its own that reads the router at the port of its first argument again and again, and keeps two views of it. */
final class AskRouter {
    private static final int ROUNDS = 2;

    private AskRouter() {}

    public static void main(String[] arguments) {
        List<byte[]> rest = SmallHeap.rest();
        EdgeMaxSettings settings = new EdgeMaxSettings(
                "127.0.0.1",
                Integer.parseInt(arguments[0]),
                Options.USER,
                new EdgeMaxSettings.Login.Password(Secret.of(Options.PASSWORD)),
                new EdgeMaxSettings.HostKey.Fingerprint(arguments[1]),
                false,
                Set.of("LAN"),
                new EdgeMaxSettings.Times(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(5),
                        Duration.ofSeconds(10)));
        List<RouterView> kept = new ArrayList<>();
        try (EdgeMaxRouter router = new EdgeMaxRouter(settings)) {
            for (int i = 0; i < ROUNDS; i++) {
                try {
                    kept.add(router.read());
                } catch (PeerException refused) {
                    System.out.println(refused.getMessage());
                }
                while (kept.size() > 2) {
                    kept.removeFirst();
                }
            }
        }
        for (RouterView view : kept) {
            System.out.println("mappings " + view.mappings().size() + ", leases "
                    + view.leases().size() + ", neighbours " + view.neighbours().size());
        }
        System.out.println("alive, beside " + rest.size() + " MB");
    }
}
