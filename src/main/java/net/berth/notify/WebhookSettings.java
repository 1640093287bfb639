package net.berth.notify;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One receiver of events.
 *
 * @param title how it is called where people read: its host, for the rest of the address may hold a token
 * @param url where it listens, {@code http} or {@code https}
 * @param secrets the keys that each message is signed with; several while one replaces the other
 * @param events the types it wants to hear of; empty for all
 * @param trust whose certificates are good
 */
public record WebhookSettings(String title, URI url, Supplier<List<byte[]>> secrets, Set<String> events, Trust trust) {

    /** Copies the set. */
    public WebhookSettings {
        events = Set.copyOf(events);
    }

    boolean wants(String type) {
        return events.isEmpty() || events.contains(type);
    }

    /** Never the address itself. */
    @Override
    public String toString() {
        return title;
    }

    /** Whose certificates are good. */
    public sealed interface Trust {
        /** Those that Java trusts by itself. */
        record Usual() implements Trust {}

        /**
         * Those that this authority has signed.
         *
         * @param pem its certificate
         */
        record Authority(Path pem) implements Trust {}
    }
}
