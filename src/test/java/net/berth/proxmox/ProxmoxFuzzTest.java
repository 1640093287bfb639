package net.berth.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import net.berth.engine.port.PeerException;
import net.berth.fuzz.Fuzz;
import net.berth.lab.proxmox.RawServer;
import net.berth.lab.proxmox.SelfSigned;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.Inventory;
import net.berth.model.NicConfig;
import net.berth.proxmox.text.ConfigTextException;
import net.berth.proxmox.text.IpConfig;
import net.berth.proxmox.text.NetText;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;
import org.junit.jupiter.api.Test;

/** Whatever Proxmox answers and a person wrote into a guest's config. */
class ProxmoxFuzzTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void nicsOfVms() {
        Fuzz.of("proxmox-qemu-net", 10_000).knows(ConfigTextException.class).run(input -> {
            NetText net = NetText.ofVm(text(input));
            assertThat(net).hasToString(text(input));
            return "" + net.mac() + net.bridge() + net.tag();
        });
    }

    @Test
    void nicsOfContainers() {
        NicConfig.Static wanted = new NicConfig.Static(InterfaceAddress.parse("192.168.1.20/24"), "192.168.1.1");
        Fuzz.of("proxmox-lxc-net", 10_000).knows(ConfigTextException.class).run(input -> {
            NetText net = NetText.ofContainer(text(input));
            NetText written = net.with(wanted);
            assertThat(written.nicConfig()).isEqualTo(wanted);
            assertThat(written.mac()).isEqualTo(net.mac());
            assertThat(written.bridge()).isEqualTo(net.bridge());
            return "" + net.nicConfig() + net.tag() + written;
        });
    }

    @Test
    void addressesOfVms() {
        Fuzz.of("proxmox-ipconfig", 10_000).knows(ConfigTextException.class).run(input -> IpConfig.parse(text(input))
                .nicConfig());
    }

    /** The same text for every call: a list where a config is due, a config where a list is due. */
    @Test
    void answers() throws IOException {
        SelfSigned certificate = SelfSigned.ofLoopback();
        AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
        try (RawServer server = RawServer.start(certificate, out -> answer(out, body.get()));
                ProxmoxCompute compute = new ProxmoxCompute(new ProxmoxSettings(
                        List.of(server.url()),
                        "home",
                        new ApiToken("berth@pve!berth", Secret.of("secret-of-the-token")),
                        new TlsTrust.Fingerprints(List.of(certificate.fingerprint())),
                        new ProxmoxSettings.Limits(SOON, SOON, SOON, 2, 1 << 20)))) {
            Fuzz.of("proxmox-answer", 250).knows(PeerException.class).run(input -> {
                body.set(input);
                return kinds(compute, input);
            });
        }
    }

    private static Object kinds(ProxmoxCompute compute, byte[] input) {
        GuestType type = input.length % 2 == 0 ? GuestType.QEMU : GuestType.LXC;
        GuestId id = new GuestId("home", type, 101);
        Supplier<Optional<Guest>> read =
                () -> compute.read(new Inventory.Entry(id, "pve1", "web", GuestStatus.RUNNING, "", Duration.ZERO));
        return switch (Arrays.hashCode(input) & 3) {
            case 0 -> compute.inventory();
            case 1 -> compute.presence(id, "pve1");
            case 2 -> read.get().map(guest -> guest + " " + compute.history(guest));
            default -> compute.live(guest(id));
        };
    }

    private static Guest guest(GuestId id) {
        return new Guest(
                id, "web", "pve1", GuestStatus.RUNNING, Duration.ZERO, false, "", "", false, "", List.of(), List.of());
    }

    private static void answer(OutputStream out, byte[] body) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
