package net.berth.notify;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.berth.SmallHeap;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;

/** A JVM of its own that sends a message to many webhooks at the address of its first argument at once. */
final class AskWebhooks {
    private static final int WEBHOOKS = 16;

    private AskWebhooks() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        List<byte[]> rest = SmallHeap.rest();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < WEBHOOKS; i++) {
                outcomes.add(threads.submit(() -> sent(URI.create(arguments[0]))));
            }
            for (Future<String> outcome : outcomes) {
                System.out.println(outcome.get());
            }
        }
        System.out.println("alive, beside " + rest.size() + " MB");
    }

    /** Each webhook has a client of its own. */
    private static String sent(URI url) throws InterruptedException {
        WebhookSettings settings = new WebhookSettings(
                "chat", url, List.of(Secret.of("0123456789abcdef01234567")), Set.of(), new TlsTrust.JvmDefault());
        try (WebhookClient client = new WebhookClient(settings, Duration.ofSeconds(2), Clock.systemUTC())) {
            String text = client.send("msg_1", "{}").toString();
            return text.length() < 300 ? text : text.substring(0, 300) + "... of " + text.length();
        }
    }
}
