package net.berth.lab;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** One hook as the hookscript sends it: a connection of its own, which ends with the answer. */
public final class LoneHook {
    private static final int PATIENCE_MILLIS = 60_000;

    private LoneHook() {}

    /** An answer as it came. */
    public record Answer(int status, String text) {}

    /** Sends it and waits for the answer's last byte. */
    public static Answer send(int port, int vmid, String phase) {
        String body = LabApi.event(vmid, phase);
        String id = "msg_" + UUID.randomUUID();
        String stamp = Long.toString(Instant.now().getEpochSecond());
        String signature = LabApi.sign(id + "." + stamp + "." + body, LabSettings.HOOK_SECRET);
        String head = """
                POST /v1/hooks/guest HTTP/1.1
                Host: 127.0.0.1:%d
                Connection: close
                User-Agent: berth-hook
                Content-Type: application/json
                Content-Length: %d
                Prefer: wait=20
                webhook-id: %s
                webhook-timestamp: %s
                webhook-signature: v1,%s

                """.formatted(port, body.length(), id, stamp, signature).replace("\n", "\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            out.write(body.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3)), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
