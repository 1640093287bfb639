package net.berth.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.config.Settings.Webhook;
import net.berth.config.Settings.WebhookTrust;

/** Reads {@code notify:}, the receivers of events. */
final class NotifyList {
    /** The types of events that one can ask for; {@code events.missed} comes to everybody whom it concerns. */
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

    NotifyList(SecretFiles files) {
        this.files = files;
    }

    List<Webhook> read(List<Section> sections) {
        var list = new ArrayList<Webhook>();
        sections.forEach(section -> read(section).ifPresent(list::add));
        return list;
    }

    private Optional<Webhook> read(Section section) {
        var url = section.required("url", Forms.webhookUrl());
        var secrets = section.required("secret-file", files.hookKeys());
        var events = section.optionalList("events", Forms.oneOf(EVENTS));
        var trust = trust(section);
        url.filter(address -> "http".equals(address.getScheme()) && section.has("ca-file"))
                .ifPresent(address ->
                        section.refuse("ca-file", "found it with an http:// address", "ca-file with https:// only"));
        return section.build(
                () -> new Webhook(url.orElseThrow(), secrets.orElseThrow(), events.orElseThrow(), trust.orElseThrow()));
    }

    private Optional<WebhookTrust> trust(Section section) {
        return section.has("ca-file")
                ? section.required("ca-file", files.certificates()).map(WebhookTrust.Authority::new)
                : Optional.of(new WebhookTrust.Usual());
    }
}
