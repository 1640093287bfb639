package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.berth.engine.port.RealTimer;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.nipap.Wire;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.row.AddressRow;
import net.berth.nipap.NipapIpam;
import net.berth.nipap.QuickNipap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows outlive versions. {@code src/test/resources/rows/FORM/rows.xml} holds rows in a form that Berth once gave them, as
 * NIPAP answers them; the highest number is that of today. A file that was released never changes.
 */
@Timeout(120)
class UpgradeTest {
    private static final Path FOLDER = Path.of("src/test/resources/rows");
    private static final String THIS = "5";
    private static final Map<String, String> OTHERS = Map.of("berth-of-tomorrow", "ü 1", "rack", "7", "empty", "");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final LabNipap lab = LabNipap.start();
    private final NipapIpam ipam = QuickNipap.of(lab, new Random(1));
    private final FakeCompute compute = new FakeCompute();
    private final RealTimer timer = new RealTimer();
    private final Engine engine = engine();
    private final GuestId stopped = compute.add(GuestType.QEMU, 101, "stopped", new NicConfig.Dhcp());
    private final GuestId running = compute.add(GuestType.LXC, 102, "running", new NicConfig.Dhcp());
    private final GuestId renamed = compute.add(GuestType.LXC, 103, "before", new NicConfig.Dhcp());
    private final GuestId letGo = compute.add(GuestType.QEMU, 104, "let-go", new NicConfig.Dhcp());

    private Engine engine() {
        lab.addAssignment("192.168.1.0/24", "lan");
        return Engines.usual()
                .forAll()
                .at(Clock.fixed(NOW, ZoneOffset.UTC))
                .over(compute, ipam, new FakeRouter(), timer);
    }

    @AfterEach
    void stop() {
        engine.close();
        ipam.close();
        timer.close();
        lab.close();
    }

    static Stream<String> forms() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    /**
     * If this fails, the form of the rows has changed: leave the file as it is, and add a folder with the next number for
     * the rows that now lie in {@code target/rows.xml}.
     */
    @Test
    void thisVersionWritesItsRowsAsItsFileSays() throws IOException {
        live();
        String written = wire(lab.hosts().stream().map(UpgradeTest::columns).toList());
        Files.writeString(Path.of("target/rows.xml"), written);
        assertThat(written).isEqualTo(wire(golden(THIS)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void rowsOfAnEarlierVersionAreReadAndBindTheSameGuests(String form) {
        live(form);
        Map<String, String> before = addresses();
        engine.sync(SyncOptions.PLAIN);
        assertThat(engine.plan().pending()).isFalse();
        int writes = lab.writes();
        engine.sync(SyncOptions.PLAIN);
        assertThat(lab.writes()).isEqualTo(writes);
        assertThat(addresses()).isEqualTo(before).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void noRowIsWrittenToForWhatAnEarlierVersionDidNotRecord(String form) {
        live(form);
        int writes = lab.writes();
        engine.sync(SyncOptions.PLAIN);
        assertThat(lab.writes()).isEqualTo(writes);
        boolean dated = row(stopped).avps().containsKey("berth-claimed");
        assertThat(dated).isEqualTo(!form.equals("1"));
        compute.rename(renamed, "third-name");
        engine.sync(SyncOptions.PLAIN);
        assertThat(row(renamed).description()).isEqualTo("third-name.home.lan");
        assertThat(row(renamed).avps().containsKey("berth-claimed")).isEqualTo(dated);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatOthersAddedToARowOutlivesEveryEdit(String form) {
        live(form);
        lab.hosts().forEach(row -> lab.editHost(row.address(), withOthers(row)));
        Map<String, String> before = addresses();

        compute.status(stopped, GuestStatus.RUNNING, Duration.ofMinutes(5));
        compute.status(running, GuestStatus.STOPPED, Duration.ZERO);
        compute.rename(renamed, "third-name");
        engine.sync(SyncOptions.PLAIN);
        kept();
        assertThat(row(renamed).description()).isEqualTo("third-name.home.lan");
        assertThat(row(stopped).status()).isEqualTo("assigned");

        engine.release(Set.of(stopped.vmid(), running.vmid()), false);
        assertThat(row(stopped).status()).isEqualTo("quarantine");
        kept();

        engine.hook(new HookEvent(letGo.vmid(), HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(30));
        engine.hook(new HookEvent(stopped.vmid(), HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(30));
        engine.sync(SyncOptions.PLAIN);
        assertThat(row(letGo).status()).isNotEqualTo("quarantine");
        kept();
        assertThat(addresses()).isEqualTo(before);
    }

    @Test
    void whatAPersonWroteIntoARowOutlivesItsAdoption() {
        Map<String, Object> byHand =
                new HashMap<>(Map.of("node", "mail", "comment", "rack 7", "tags", List.of("dmz", "berth")));
        byHand.put("avps", OTHERS);
        lab.addHost("192.168.1.77", byHand);
        GuestId mail = compute.add(GuestType.LXC, 110, "mail", new NicConfig.Dhcp());
        engine.sync(SyncOptions.PLAIN);
        LabRow adopted = row(mail);
        assertThat(adopted.address()).isEqualTo("192.168.1.77");
        assertThat(adopted.avps()).containsAllEntriesOf(OTHERS).containsKey("berth-mac");
        assertThat(adopted.rest()).containsEntry("comment", "rack 7");
        assertThat(adopted.tags()).containsExactlyInAnyOrder("dmz", "berth");
    }

    /** 0.1.0 adopted by the name alone, and noted nothing of what the row was before. */
    @Test
    void aRowThatAnEarlierVersionAdoptedStaysAdoptedAndIsNeverDeleted() {
        GuestId mail = compute.add(GuestType.LXC, 110, "mail", new NicConfig.Dhcp());
        Map<String, Object> adopted = new HashMap<>(Map.of("node", "mail", "description", "mail.home.lan"));
        adopted.put("external_key", "pve:home:lxc:110:net0");
        adopted.put("authoritative_source", "berth");
        adopted.put("status", "reserved");
        adopted.put("tags", List.of("berth"));
        adopted.put("comment", "rack 7");
        String mac = compute.guests.get(mail).nics().getFirst().mac().text();
        adopted.put("avps", Map.of("berth-mac", mac, "berth-origin", "a hand-made row for this guest"));
        lab.addHost("192.168.1.77", adopted);
        engine.sync(SyncOptions.PLAIN);
        assertThat(row(mail).address()).isEqualTo("192.168.1.77");
        AddressRow row = ipam.rowsOf(mail).getFirst();
        assertThat(row.onLoan()).isTrue();
        assertThatThrownBy(() -> ipam.remove(row)).isInstanceOf(IllegalArgumentException.class);
    }

    /** One row of each kind that this version writes. */
    private void live() {
        compute.status(running, GuestStatus.RUNNING, Duration.ofMinutes(5));
        // One after the other: who comes first gets the lowest address.
        List.of(stopped, running, renamed, letGo).forEach(guest -> engine.sync(guest.vmid(), SyncOptions.PLAIN));
        compute.rename(renamed, "after");
        engine.sync(SyncOptions.PLAIN);
        engine.release(Set.of(letGo.vmid()), false);
    }

    /** The same guests before the rows of a form. */
    private void live(String form) {
        compute.status(running, GuestStatus.RUNNING, Duration.ofMinutes(5));
        compute.rename(renamed, "after");
        golden(form).forEach(row -> {
            Map<String, Object> attributes = new LinkedHashMap<>(row);
            String prefix = (String) attributes.remove("prefix");
            attributes.remove("type");
            attributes.computeIfPresent("expires", (name, expires) -> Instant.parse((String) expires));
            lab.add(0, prefix, "host", attributes);
        });
    }

    private static Map<String, Object> withOthers(LabRow row) {
        Map<String, String> avps = new HashMap<>(row.avps());
        avps.putAll(OTHERS);
        return Map.of("avps", avps, "comment", "a person's");
    }

    private void kept() {
        assertThat(lab.hosts()).hasSize(4).allSatisfy(row -> {
            assertThat(row.avps()).containsAllEntriesOf(OTHERS);
            assertThat(row.rest()).containsEntry("comment", "a person's");
        });
    }

    private LabRow row(GuestId guest) {
        return lab.hosts().stream()
                .filter(row -> row.externalKey().contains(":" + guest.vmid() + ":"))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new TreeMap<>();
        lab.hosts().forEach(row -> addresses.put(row.externalKey(), row.address()));
        return addresses;
    }

    private static List<Map<String, Object>> golden(String form) {
        try {
            @SuppressWarnings("unchecked") // The files are lists of structs.
            var rows = (List<Map<String, Object>>)
                    Wire.readAnswer(Files.readAllBytes(FOLDER.resolve(form).resolve("rows.xml")));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String wire(List<Map<String, Object>> rows) {
        return Wire.answer(rows.stream()
                .sorted(Comparator.comparing(row -> String.valueOf(row.get("external_key"))))
                .map(UpgradeTest::sorted)
                .toList());
    }

    private static Map<?, ?> sorted(Map<String, Object> row) {
        Map<String, Object> sorted = new TreeMap<>(row);
        sorted.computeIfPresent("avps", (name, avps) -> new TreeMap<>((Map<?, ?>) avps));
        return sorted;
    }

    private static Map<String, Object> columns(LabRow row) {
        Map<String, Object> columns = new TreeMap<>();
        columns.put("prefix", row.prefix());
        columns.put("type", row.type());
        columns.put("authoritative_source", row.source());
        columns.put("external_key", row.externalKey());
        columns.put("node", row.node());
        columns.put("description", row.description());
        columns.put("status", row.status());
        columns.put("tags", row.tags());
        columns.put("avps", row.avps());
        Optional.ofNullable(row.expires()).ifPresent(expires -> columns.put("expires", expires.toString()));
        return columns;
    }
}
