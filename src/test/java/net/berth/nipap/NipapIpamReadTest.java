package net.berth.nipap;

import static net.berth.nipap.IpamFixture.ipam;
import static net.berth.nipap.IpamFixture.made;
import static net.berth.nipap.IpamFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.PeerException.Kind;
import net.berth.lab.nipap.LabNipap;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.security.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NipapIpamReadTest {
    private final LabNipap lab = IpamFixture.lab();
    private final NipapIpam ipam = ipam(lab);

    @AfterEach
    void close() {
        ipam.close();
        lab.close();
    }

    private PeerException failedCheck(String prefix) {
        return catchThrowableOfType(PeerException.class, () -> ipam.check(IpamFixture.network(prefix)));
    }

    @Test
    void theRowsOfAGuestAreThoseOfAllItsNicsAndOfNoOtherGuest() {
        GuestId guest = new GuestId("ho_e", GuestType.LXC, 10);
        ipam.claim(row(new NicId(guest, 0), "192.168.1.20"));
        ipam.claim(row(new NicId(guest, 12), "192.168.1.21"));
        ipam.claim(row(new NicId(new GuestId("ho_e", GuestType.LXC, 101), 0), "192.168.1.22"));
        ipam.claim(row(new NicId(new GuestId("home", GuestType.LXC, 10), 0), "192.168.1.23"));
        ipam.claim(row(new NicId(new GuestId("ho_e", GuestType.QEMU, 10), 0), "192.168.1.24"));
        lab.addHost("192.168.1.25", Map.of("external_key", "pve:ho_e:lxc:10:net0"));
        lab.resetCalls();
        assertThat(ipam.rowsOf(guest))
                .extracting(row -> row.address().toString())
                .containsExactlyInAnyOrder("192.168.1.20", "192.168.1.21");
        assertThat(lab.calls()).isEqualTo(Map.of("search_prefix", 1));
    }

    @Test
    void theRowsOfManyGuestsAtOnceAreReadInAFewCallsAndEachGetsItsOwn() throws Exception {
        int guests = 100;
        for (int i = 0; i < guests; i++) {
            made(ipam, 200 + i, "192.168.1." + (20 + i));
        }
        lab.resetCalls();
        Semaphore calls = new Semaphore(0);
        lab.hooks().onCall(method -> calls.acquireUninterruptibly());
        List<FutureTask<List<AddressRow>>> asked = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < guests; i++) {
            GuestId guest = IpamFixture.nic(200 + i).guest();
            asked.add(new FutureTask<>(() -> ipam.rowsOf(guest)));
            threads.add(Thread.ofPlatform().daemon().start(asked.getLast()));
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() != Thread.State.RUNNABLE));
        calls.release(guests);
        for (int i = 0; i < guests; i++) {
            assertThat(asked.get(i).get())
                    .singleElement()
                    .extracting(AddressRow::node)
                    .isEqualTo("vm" + (200 + i));
        }
        assertThat(lab.calls("search_prefix")).isBetween(2, 10);
    }

    @Test
    void theRowsInAPrefixAreAllOfThemWhoeverMadeThem() {
        for (int host = 10; host < 90; host++) {
            lab.addHost("192.168.1." + host, Map.of("node", "n" + host));
        }
        made(ipam, 101, "192.168.1.100");
        lab.addAssignment("192.168.2.0/24", "other");
        lab.addHost("192.168.2.10", Map.of("node", "elsewhere"));
        int vrf = lab.addVrf("lab", "65000:7");
        lab.add(vrf, IpamFixture.LAN, "assignment", Map.of("description", "lan of the lab"));
        lab.add(vrf, "192.168.1.200/32", "host", Map.of("node", "in another VRF"));
        assertThat(ipam.rowsIn(Prefix.parse(IpamFixture.LAN)))
                .hasSize(81)
                .extracting(AddressRow::ours)
                .containsOnlyOnce(true);
    }

    @Test
    void aBareRowOfAPersonReadsAsEmptyTexts() {
        lab.addHost("192.168.1.30", Map.of("description", "x"));
        AddressRow row = ipam.rowsIn(Prefix.parse(IpamFixture.LAN)).getFirst();
        assertThat(row.node()).isEmpty();
        assertThat(row.externalKey()).isEmpty();
        assertThat(row.source()).isEqualTo("nipap");
        assertThat(row.ours()).isFalse();
    }

    @Test
    void aReadIsTriedAgainAfterACutConnection() {
        lab.mishaps().loseCall("search_prefix");
        lab.mishaps().loseReply("search_prefix");
        assertThat(ipam.rowsIn(Prefix.parse(IpamFixture.LAN))).isEmpty();
        assertThat(lab.calls("search_prefix")).isEqualTo(3);
    }

    @Test
    void theCheckPassesForAnAssignment() {
        assertThatCode(() -> ipam.check(IpamFixture.network(IpamFixture.LAN))).doesNotThrowAnyException();
    }

    @Test
    void theCheckNamesAPrefixThatIsMissingOrOfAnotherType() {
        assertThat(failedCheck("192.168.7.0/24")).hasMessageContaining("192.168.7.0/24 is not in VRF default");
        assertThat(failedCheck("192.168.0.0/16")).hasMessageContaining("192.168.0.0/16 is a reservation");
        assertThat(failedCheck("192.168.0.0/16").kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void theCheckSeesADatabaseThatIsDownBehindALiveServer() {
        lab.mishaps().databaseDown(true);
        assertThat(failedCheck(IpamFixture.LAN).kind()).isEqualTo(Kind.DOWN);
        lab.mishaps().databaseDown(false);
        assertThatCode(() -> ipam.check(IpamFixture.network(IpamFixture.LAN))).doesNotThrowAnyException();
    }

    @Test
    void aWrongPasswordIsRefusedAndAServerThatIsGoneIsDown() {
        NipapSettings wrong = NipapSettings.of(lab.url(), LabNipap.USER, Secret.of("guess"), "default");
        try (NipapIpam stranger = new NipapIpam(wrong)) {
            PeerException refusal =
                    catchThrowableOfType(PeerException.class, () -> stranger.rowsIn(Prefix.parse(IpamFixture.LAN)));
            assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
            assertThat(refusal).hasMessageContaining("password").hasMessageNotContaining("guess");
        }
        lab.close();
        assertThat(failedCheck(IpamFixture.LAN).kind()).isEqualTo(Kind.DOWN);
    }
}
