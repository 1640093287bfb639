package net.berth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Map;
import net.berth.security.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir
    Path temp;

    @Test
    void a_secret_shows_itself_in_no_text_and_no_json() throws Exception {
        var secret = Secret.of("hunter2");

        assertThat(secret).hasToString("(secret)");
        assertThat("%s".formatted(Map.of("password", secret))).doesNotContain("hunter2");
        assertThat(new ObjectMapper().writeValueAsString(Map.of("password", secret)))
                .isEqualTo("{\"password\":\"(secret)\"}");
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    void a_secret_cannot_be_serialized() {
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(Secret.of("hunter2")))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void the_bytes_that_were_given_or_taken_are_not_the_secret_itself() {
        var given = new byte[] {1, 2, 3};
        var secret = Secret.of(given);
        given[0] = 9;
        secret.revealBytes()[1] = 9;

        assertThat(secret.revealBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void whole_settings_can_be_printed_without_telling_a_secret() throws Exception {
        var settings = new SettingsFolder(temp).read(SettingsFolder.SMALLEST).settings();
        var json = new ObjectMapper()
                .findAndRegisterModules()
                .writeValueAsString(Map.of(
                        "server", settings.server().toString(),
                        "token", settings.proxmox().token(),
                        "login", settings.router().login()));

        assertThat(settings + json)
                .contains("(secret)")
                .doesNotContain(
                        SettingsFolder.HOOK_KEY,
                        SettingsFolder.API_TOKEN,
                        SettingsFolder.PROXMOX_TOKEN,
                        SettingsFolder.NIPAP_PASSWORD,
                        "routerkey");
    }
}
