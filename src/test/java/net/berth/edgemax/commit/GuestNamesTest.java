package net.berth.edgemax.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import net.berth.Sampled;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.ReservedNames;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.plan.Change;
import net.berth.plan.Nets;
import net.berth.plan.Planner;
import net.berth.plan.RowIndex;
import net.berth.plan.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a guest is called and tagged: the lines for the router hold exactly the words that they should. */
class GuestNamesTest {
    private static final int NAMES = Sampled.count("berth.names", 20_000, 100_000);
    private static final String SUBNET = "service dhcp-server shared-network-name LAN subnet 192.168.1.0/24";
    private static final String CONFIG = """
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 default-router 192.168.1.1
            set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 domain-name home.lan
            set system host-name edge
            """;
    private static final String DNSMASQ = "set service dhcp-server use-dnsmasq enable\n";
    private static final Planner PLANNER = new Planner(
            List.of(Nets.LAN),
            new Policy(Policy.Select.HOOK, "berth", Policy.Mode.SYNC, Policy.WriteBack.NEVER, Duration.ofHours(24), 3));
    private static final String ODD =
            "ab0-_.'\"$(){};&|<>`\\ \t\n\r\u0000\u0007\u001b\u00e4\u202e\uff07\u212a*?!#~/%^=+,:@[]";
    private static final List<String> NASTY = List.of(
            "",
            "-",
            "a",
            "web",
            "WEB",
            "web'; reboot; '",
            "$(reboot)",
            "`reboot`",
            "a\ndelete system",
            "a b c",
            "--help",
            "''",
            "x' static-mapping 'y",
            "a".repeat(300),
            "con.example.org",
            "\u0000",
            "..",
            "\\'");

    @TempDir
    Path folder;

    @Test
    void anyNameGivesExactlyTheExpectedLinesInBothModes() throws Exception {
        Random random = new Random(20261121);
        ActiveConfig isc = ActiveConfig.parse(CONFIG);
        ActiveConfig dnsmasq = ActiveConfig.parse(CONFIG + DNSMASQ);
        Map<String, String> seen = new HashMap<>();
        Set<String> lines = new LinkedHashSet<>();
        for (int i = 0; i < NAMES; i++) {
            String name = i < NASTY.size() ? NASTY.get(i) : name(random);
            Guest guest = guest(101 + i % 50, name, List.of(name(random), name(random)));

            List<String> byMapping = lines(dnsmasq, guest);
            List<String> byRecord = lines(isc, guest);

            List<String> words = words(byMapping.getFirst());
            String label = words.get(8);
            assertThat(label).as(name).matches("[a-z0-9][a-z0-9-]{0,61}[a-z0-9]");
            String node = SUBNET + " static-mapping " + label;
            String host = "system static-host-mapping host-name " + label + ".home.lan";
            String mac = guest.nics().getFirst().mac().lowerCase();
            assertThat(said(byMapping))
                    .as(name)
                    .containsExactly("set " + node + " ip-address 192.168.1.20", "set " + node + " mac-address " + mac);
            assertThat(said(byRecord))
                    .as(name)
                    .containsExactly(
                            "set " + node + " ip-address 192.168.1.20",
                            "set " + node + " mac-address " + mac,
                            "set " + host + " inet 192.168.1.20",
                            "set " + host + " alias " + label);
            assertThat(seen.computeIfAbsent(guest.id() + "\n" + name, same -> label))
                    .as("the same name gives the same label")
                    .isEqualTo(label);
            if (i % 40 == 0 || i < NASTY.size()) {
                lines.addAll(byRecord);
            }
        }
        assertThat(seen).hasSizeGreaterThan(NAMES / 2);
        aRealShellSeesTheSameWords(List.copyOf(lines));
    }

    /** Not Berth's reading of its own lines: bash itself says what it takes each line for. */
    private void aRealShellSeesTheSameWords(List<String> lines) throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("lines.sh"),
                "W=show\nshow() { printf '%s\\n' \"$#\" \"$@\"; }\n" + String.join("\n", lines) + "\n");
        Process bash = new ProcessBuilder("/bin/bash", "--noprofile", "--norc", script.toString())
                .redirectErrorStream(true)
                .start();
        List<String> said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> expected = new ArrayList<>();
        lines.forEach(line -> {
            expected.add(Integer.toString(words(line).size()));
            expected.addAll(words(line));
        });
        assertThat(said).isEqualTo(expected);
    }

    private static List<String> said(List<String> lines) {
        return lines.stream().map(line -> String.join(" ", words(line))).toList();
    }

    /** The strictest reading there is: the wrapper, a verb, words in single quotes, each one space apart, nothing else. */
    private static List<String> words(String line) {
        String start = "\"$W\" set '";
        assertThat(line).startsWith(start).endsWith("'");
        assertThat(line.chars()).as(line).allMatch(each -> each >= ' ' && each <= '~');
        List<String> words = new ArrayList<>(List.of("set"));
        for (String word : line.substring(start.length(), line.length() - 1).split("' '", -1)) {
            assertThat(word).as(line).matches("[-_./:A-Za-z0-9]+");
            words.add(word);
        }
        return words;
    }

    /** From the guest through plan and driver to the lines, as they are sent. */
    private static List<String> lines(ActiveConfig config, Guest guest) {
        RouterView view = new RouterView(config.subnets(), config.mappings(), config.records(), List.of());
        Situation situation = new Situation(
                guest,
                RowIndex.of(List.of()),
                true,
                view,
                Situation.Boot.HAS_RUN,
                true,
                Instant.MIN,
                false,
                false,
                List.of(),
                Map.of(),
                Map.of(),
                ReservedNames.NONE,
                Instant.parse("2026-11-21T10:00:00Z"));
        Map<Integer, RouterChange> changes = new TreeMap<>();
        PLANNER.plan(situation)
                .changes(Change.Stage.ROUTER)
                .forEach(change -> changes.put(changes.size(), ((Change.OnRouter) change).change()));
        ChangePlan plan = ChangePlanner.plan(config, changes);
        assertThat(plan.settled()).as(guest.name()).isEmpty();
        return plan.commands().stream().map(ConfigCommand::shellText).toList();
    }

    private static Guest guest(int vmid, String name, List<String> tags) {
        GuestId id = new GuestId("home", GuestType.LXC, vmid);
        Nic nic = new Nic(
                new NicId(id, 0),
                MacAddress.parse("BC:24:11:00:00:%02X".formatted(vmid)),
                "vmbr0",
                0,
                new NicConfig.Dhcp());
        return new Guest(
                id,
                name,
                "pve1",
                GuestStatus.STOPPED,
                Duration.ZERO,
                false,
                "",
                "",
                false,
                "local:snippets/berth-hook",
                tags,
                List.of(nic));
    }

    private static String name(Random random) {
        String plain = "abcxyz019-";
        String alphabet = random.nextInt(4) == 0 ? plain : ODD;
        StringBuilder name = new StringBuilder();
        for (int length = random.nextInt(14); length > 0; length--) {
            boolean any = random.nextInt(30) == 0;
            name.appendCodePoint(any ? random.nextInt(0xD800) : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return name.toString();
    }
}
