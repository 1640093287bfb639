package net.berth.notify;

import java.net.URI;
import java.util.List;
import java.util.Set;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;

/**
 * A receiver of events: built from one item of {@code notify:} in berth.yaml.
 *
 * @param title its name in logs, health and metrics: the host of the URL, whose path may hold a token; unique
 * @param url where it listens, {@code http} or {@code https}
 * @param secrets the keys that each message is signed with, decoded; several during a rotation
 * @param events the types of events it gets; empty for all
 */
public record WebhookSettings(String title, URI url, List<Secret> secrets, Set<String> events, TlsTrust trust) {

    boolean wants(String type) {
        return events.isEmpty() || events.contains(type);
    }

    /** Never the address itself. */
    @Override
    public String toString() {
        return title;
    }
}
