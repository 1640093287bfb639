package net.berth;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.berth.config.Secret;
import net.berth.config.Settings;
import net.berth.engine.port.Timer;
import net.berth.engine.status.EventLog;
import net.berth.http.json.JsonText;
import net.berth.notify.EventFormat;
import net.berth.notify.Notifier;
import net.berth.notify.WebhookSettings;

/** Starts what brings the events to the receivers of the settings. */
final class Webhooks {
    private Webhooks() {}

    /** The same words as in the stream of events. */
    private record EventLetters(String cluster) implements EventFormat {
        @Override
        public String of(EventLog.Entry entry) {
            return JsonText.event(cluster, entry);
        }

        @Override
        public String missed(String id, Instant now) {
            return JsonText.missed(cluster, id, now);
        }
    }

    static Notifier start(Settings settings, EventLog events, Timer timer, Clock clock, MeterRegistry meters) {
        Set<String> titles = new HashSet<>();
        List<WebhookSettings> named = new ArrayList<>();
        for (Settings.Webhook receiver : settings.webhooks()) {
            named.add(of(receiver, title(receiver, titles)));
        }
        EventFormat letters = new EventLetters(settings.proxmox().cluster());
        return Notifier.start(named, events, letters, timer, clock, new SecureRandom(), meters);
    }

    /** Its host, and a number where one host has several receivers. */
    private static String title(Settings.Webhook receiver, Set<String> taken) {
        String host = receiver.url().getHost();
        String title = host;
        for (int number = 2; !taken.add(title); number++) {
            title = host + " (" + number + ")";
        }
        return title;
    }

    private static WebhookSettings of(Settings.Webhook from, String title) {
        WebhookSettings.Trust trust =
                switch (from.trust()) {
                    case Settings.WebhookTrust.Usual usual -> new WebhookSettings.Trust.Usual();
                    case Settings.WebhookTrust.Authority authority ->
                        new WebhookSettings.Trust.Authority(authority.pem());
                };
        return new WebhookSettings(
                title,
                from.url(),
                () -> from.secrets().stream().map(Secret::revealBytes).toList(),
                Set.copyOf(from.events()),
                trust);
    }
}
