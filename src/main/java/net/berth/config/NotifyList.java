package net.berth.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.berth.notify.WebhookSettings;
import net.berth.security.TlsTrust;

/** Reads {@code notify:}, the receivers of events. */
final class NotifyList {
    /** The types of events that one can ask for; {@code events.missed} is sent without being asked for. */
    static final List<String> EVENTS = List.of(
            "guest.settled",
            "guest.conflict",
            "address.claimed",
            "address.released",
            "router.committed",
            "drift.mended",
            "system.down",
            "system.up",
            "webhook.down",
            "webhook.up");

    private final SecretFiles files;
    private final Set<String> titles = new HashSet<>();

    NotifyList(SecretFiles files) {
        this.files = files;
    }

    List<WebhookSettings> read(List<Section> sections) {
        var list = new ArrayList<WebhookSettings>();
        sections.forEach(section -> read(section).ifPresent(list::add));
        return list;
    }

    private Optional<WebhookSettings> read(Section section) {
        var url = section.required("url", Forms.webhookUrl());
        var secrets = section.required("secret-file", files.hookKeys());
        var events = section.optionalList("events", Forms.oneOf(EVENTS));
        var trust = trust(section);
        url.filter(address -> "http".equals(address.getScheme()) && section.has("ca-file"))
                .ifPresent(address ->
                        section.refuse("ca-file", "found it with an http:// address", "ca-file with https:// only"));
        return section.build(() -> new WebhookSettings(
                title(url.orElseThrow()),
                url.orElseThrow(),
                secrets.orElseThrow(),
                Set.copyOf(events.orElseThrow()),
                trust.orElseThrow()));
    }

    /** The host; with a number where several receivers have one host. */
    private String title(URI url) {
        String title = url.getHost();
        for (int number = 2; !titles.add(title); number++) {
            title = url.getHost() + " (" + number + ")";
        }
        return title;
    }

    private Optional<TlsTrust> trust(Section section) {
        return section.has("ca-file")
                ? section.required("ca-file", files.certificates()).map(TlsTrust.Authority::new)
                : Optional.of(new TlsTrust.JvmDefault());
    }
}
