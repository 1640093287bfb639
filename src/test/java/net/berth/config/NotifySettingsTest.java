package net.berth.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.engine.status.Event;
import net.berth.http.EveryEvent;
import net.berth.notify.WebhookSettings;
import net.berth.security.TlsTrust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifySettingsTest {
    @TempDir
    Path temp;

    private SettingsFolder folder;

    @BeforeEach
    void fill() {
        folder = new SettingsFolder(temp);
    }

    private static String with(String lines) {
        return SettingsFolder.smallestWith("", lines);
    }

    @Test
    void without_the_section_nobody_is_told() {
        assertThat(folder.read(SettingsFolder.SMALLEST).settings().webhooks()).isEmpty();
    }

    @Test
    void receivers_are_read_in_their_order() {
        var webhooks = folder.read(with("""
                        notify:
                          - url: https://ha.home.lan:8123/api/webhook/long-token?x=1
                            secret-file: notify.secret
                          - url: http://127.0.0.1:8481/
                            secret-file: notify.secret
                            events: [guest.conflict, system.down]""")).settings().webhooks();
        assertThat(webhooks)
                .extracting(WebhookSettings::events)
                .containsExactly(Set.of(), Set.of("guest.conflict", "system.down"));
        assertThat(webhooks.getFirst().url().getPath()).isEqualTo("/api/webhook/long-token");
        assertThat(webhooks.getFirst().trust()).isEqualTo(new TlsTrust.JvmDefault());
        assertThat(new String(webhooks.getFirst().secrets().getFirst().revealBytes(), StandardCharsets.UTF_8))
                .isEqualTo("notify-key-of-thirty-two-bytes-0");
        assertThat(webhooks.toString()).doesNotContain("notify-key-of");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://chat.lan/hooks/secret-token",
                "https://me:secret-token@chat.lan/",
                "https://chat.lan/#secret-token",
                "chat.lan/secret-token",
                "https:// chat.lan/secret-token"
            })
    void an_address_that_cannot_be_used_is_refused_without_being_shown(String url) {
        var mistakes = folder.mistakes(with("notify:\n  - url: \"" + url + "\"\n    secret-file: notify.secret"));
        assertThat(mistakes)
                .singleElement()
                .asString()
                .contains("notify[0].url", "not shown")
                .doesNotContain("secret-t");
    }

    @Test
    void every_other_mistake_is_named_with_its_place() {
        assertThat(folder.mistakes(with("""
                        notify:
                          - secret-file: notify.secret
                            events: [guest.conflicts]
                          - url: http://chat.lan/
                            secret-file: none.secret
                            ca-file: none.pem
                            event: x""")))
                .hasSize(6)
                .anyMatch(line -> line.contains("notify[0].url: found nothing"))
                .anyMatch(line -> line.contains("notify[0].events: found \"guest.conflicts\"; one of: guest.settled"))
                .anyMatch(line -> line.contains("notify[1].secret-file: found no such file"))
                .anyMatch(line -> line.contains("notify[1].ca-file: found no such file"))
                .anyMatch(line -> line.contains("notify[1].ca-file: found it with an http:// address"))
                .anyMatch(line -> line.contains("notify[1].event: found an unknown key; did you mean events?"));
    }

    @Test
    void one_can_ask_for_every_event_there_is() {
        assertThat(NotifyList.EVENTS)
                .containsExactlyElementsOf(
                        EveryEvent.events().stream().map(Event::type).collect(Collectors.toList()));
    }
}
