package net.berth.proxmox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.berth.lab.proxmox.RawServer;
import net.berth.lab.proxmox.SelfSigned;
import net.berth.proxmox.ApiToken;
import net.berth.proxmox.ProxmoxSettings;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;
import org.junit.jupiter.api.Test;

class AnswerSizeTest {
    /** An agent is in the hands of the guest's owner. */
    @Test
    void ofWhatAGuestSaysAQuarterOfAMegabyteIsRead() throws IOException {
        SelfSigned certificate = SelfSigned.ofLoopback();
        String body = "{\"data\":\"" + "x".repeat(300_000) + "\"}";
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        try (RawServer server = RawServer.sending(certificate, answer);
                PveClient client = new PveClient(new ProxmoxSettings(
                        List.of(server.url()),
                        "home",
                        new ApiToken("berth@pve!berth", Secret.of("secret-of-the-token")),
                        new TlsTrust.Fingerprints(List.of(certificate.fingerprint())),
                        ProxmoxSettings.Limits.usual()))) {
            assertThatThrownBy(() -> client.call(PveCall.get("/nodes/a/lxc/1/interfaces")))
                    .isInstanceOfSatisfying(PveException.class, refused -> assertThat(refused.error())
                            .isInstanceOf(PveError.Garbled.class));
            assertThat(client.call(PveCall.getAll("/access/permissions", Map.of()))
                            .asText())
                    .hasSize(300_000);
        }
    }
}
