package net.berth.nipap;

import static net.berth.nipap.RowXml.answer;
import static net.berth.nipap.RowXml.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import net.berth.engine.port.PeerException;
import net.berth.lab.nipap.LabNipap;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowEdit.Expiry;
import net.berth.nipap.xmlrpc.CannedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that somebody else wrote into NIPAP, with what XML cannot carry or memory cannot hold, do not stop the others. */
@Timeout(60)
class OddRowTest {
    private static final Prefix LAN = Prefix.parse(IpamFixture.LAN);
    private static final int LONG = 4 << 20;

    private static List<AddressRow> read(byte[] body, String headers) {
        Iterator<byte[]> answers = List.of(
                        CannedServer.ok("", RowXml.VRFS.getBytes(StandardCharsets.UTF_8)),
                        CannedServer.ok(headers, body))
                .iterator();
        try (CannedServer server = CannedServer.playing(out -> out.write(answers.next()));
                NipapIpam ipam = IpamFixture.ipam(server.url(), "default", 64 << 20)) {
            return ipam.rowsIn(LAN);
        }
    }

    private static List<AddressRow> read(String rows) {
        return read(answer(rows).getBytes(StandardCharsets.UTF_8), "");
    }

    /** As nipapd sends them: measured, its XML-RPC writer masks only {@code &}, {@code <} and {@code >}. */
    @Test
    void aControlCharacterInOneRowDoesNotStopTheOthers() {
        List<AddressRow> rows = read(row(20, "one") + row(21, "a\u0001b\u001bc\u000bd\uFFFEe") + row(22, "three"));
        assertThat(rows)
                .extracting(AddressRow::description)
                .containsExactly("one", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe", "three");
    }

    @Test
    void aTextThatIsTooLongIsCutAndTheOtherRowsAreAsTheyAre() {
        String rows = IntStream.range(20, 28)
                .mapToObj(host -> row(host, "x".repeat(LONG)))
                .collect(Collectors.joining("", row(10, "first"), row(30, "last")));
        List<AddressRow> read = read(rows);
        assertThat(read).hasSize(10);
        assertThat(read.getFirst().description()).isEqualTo("first");
        assertThat(read.getLast().description()).isEqualTo("last");
        assertThat(read.get(4).description()).hasSize((64 << 10) + 1).endsWith("x\uFFFD");
    }

    @Test
    void aSmallAnswerThatUnpacksToALotIsReadWithinBounds() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(answer(row(20, "x".repeat(60 << 20))).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(packed.size()).isLessThan(100_000);
        assertThat(read(packed.toByteArray(), "Content-Encoding: gzip\r\n"))
                .singleElement()
                .satisfies(row -> assertThat(row.description()).hasSize((64 << 10) + 1));
    }

    @Test
    void moreTextThanTheMemoryHasRoomForIsRefused() {
        String rows = IntStream.range(2, 252)
                .mapToObj(host -> row(host, "x".repeat(60_000)))
                .collect(Collectors.joining());
        assertThatThrownBy(() -> read(rows))
                .isInstanceOfSatisfying(PeerException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(PeerException.Kind.GARBLED))
                .hasMessageContaining("characters of text");
    }

    @Test
    void aRowThatCouldNotBeReadAsItIsIsNotWritten() {
        try (LabNipap lab = IpamFixture.lab();
                NipapIpam ipam = IpamFixture.ipam(lab)) {
            lab.addHost("192.168.1.20", Map.of("node", "printer", "avps", Map.of("note", "a\uFFFDb")));
            AddressRow seen = ipam.rowAt(IpAddress.parse("192.168.1.20")).orElseThrow();
            Optional<AddressRow> edited =
                    ipam.edit(seen, new RowEdit(Map.of(), Map.of("berth-mac", "x"), new Expiry.Keep()));
            assertThat(edited).isEmpty();
            assertThat(ipam.rowAt(seen.address())).contains(seen);
        }
    }
}
