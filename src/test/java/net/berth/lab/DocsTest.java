package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import net.berth.lab.edgeos.EdgeOs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the README and the pages works. */
class DocsTest {
    /** The router's stand-in has no users to be made; the manual of EdgeOS has these. */
    private static final Pattern LOGIN = Pattern.compile("set system login user berth (?:level admin"
            + "|authentication public-keys [\\w@]+ (?:type ssh-(?:rsa|ed25519)|key AAAAC3\\w*\\.\\.\\.))");

    @TempDir
    Path root;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private HttpServer hearer;

    /** Takes webhooks; that its owner checks them is tested where they are sent. */
    @BeforeEach
    void hear() throws IOException {
        hearer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hearer.createContext("/", exchange -> {
            heard.add(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature")));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hearer.start();
    }

    @AfterEach
    void stopHearing() {
        hearer.stop(0);
    }

    @Test
    void everyCommandThatThePagesTellToTypeWorks() throws Exception {
        List<DocBlock> blocks = DocBlock.all();
        List<String> wrong = new ArrayList<>();
        try (LabHouse house = LabHouse.open(LabHouse.LIVELY, Map.of("release-limit: 3", "release-limit: 100"));
                EdgeOs router = EdgeOs.start()) {
            people(house);
            router.preset("""
                    set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping tv ip-address 192.168.1.33
                    set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping tv mac-address 00:00:5e:00:53:33
                    set system static-host-mapping host-name tv.home.lan inet 192.168.1.33
                    """);
            house.afterFirstPass();
            DocShell shell = new DocShell(house, hearer.getAddress().getPort(), root);
            for (DocBlock block : blocks) {
                run(block, shell, house, router).forEach(problem -> wrong.add(block.where() + ": " + problem));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(heard).singleElement().asString().matches("v1,[\\w+/]{43}=");
        assertThat(blocks).hasSizeGreaterThan(35);
    }

    /** The guests that the pages speak of. */
    private static void people(LabHouse house) {
        for (int vmid : new int[] {101, 102, 103, 104, 105, 9000}) {
            new LabGuests(house).vm(vmid, vmid == 101 ? "web" : "guest" + vmid);
        }
        for (int vmid : new int[] {201, 202, 9101}) {
            new LabGuests(house).container(vmid, "ct" + vmid);
        }
    }

    private static List<String> run(DocBlock block, DocShell shell, LabHouse house, EdgeOs router)
            throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        if (!block.shell().isEmpty()) {
            wrong.add(shell.run(block.shell()));
            shell.noted().forEach(words -> wrong.add(DocForms.check(words, house.pve())));
        }
        List<String> changes = block.router().stream()
                .filter(line -> line.startsWith("set ") || line.startsWith("delete "))
                .filter(line -> !LOGIN.matcher(line).matches())
                .toList();
        if (!changes.isEmpty()) {
            try {
                router.admin(String.join("\n", changes));
                changes.stream().filter(line -> !isDone(line, router)).forEach(line -> wrong.add("not taken: " + line));
            } catch (RuntimeException refused) {
                wrong.add("the router refused: " + refused.getMessage());
            }
        }
        block.router().stream()
                .filter(line -> !changes.contains(line) && !LOGIN.matcher(line).matches())
                .filter(
                        line -> !line.matches(
                                "configure|commit; save; exit|show dhcp leases|show arp|show configuration commands \\| grep [\\w-]+"))
                .forEach(line -> wrong.add("not a known form: " + line));
        return wrong.stream().filter(problem -> !problem.isEmpty()).toList();
    }

    private static boolean isDone(String line, EdgeOs router) {
        String plain = router.dump().replace("'", "").replace("\"", "");
        return line.startsWith("set ") == plain.contains(line.substring(line.indexOf(' ')));
    }

    @Test
    void aCommandThatDoesNotExistIsFound() throws Exception {
        try (LabHouse house = LabHouse.withoutReceiver(LabHouse.LIVELY, Map.of())) {
            DocShell shell = new DocShell(house, hearer.getAddress().getPort(), root);
            assertThat(shell.run(List.of("berth frobnicate"))).contains("exit code 1");
            assertThat(shell.run(List.of("rm -rf something"))).contains("exit code 127");
            assertThat(DocForms.check(List.of("pveum", "role", "add", "X", "--privs", "VM.Odd"), house.pve()))
                    .contains("VM.Odd");
            assertThat(DocForms.check(List.of("systemctl", "enable", "berth"), house.pve()))
                    .contains("not a known form");
        }
    }
}
