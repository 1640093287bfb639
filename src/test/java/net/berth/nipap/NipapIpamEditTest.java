package net.berth.nipap;

import static net.berth.nipap.IpamFixture.ipam;
import static net.berth.nipap.IpamFixture.made;
import static net.berth.nipap.IpamFixture.nic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.nipap.LabRow;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowEdit.Expiry;
import net.berth.model.row.RowStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NipapIpamEditTest {
    private static final Instant LATER = Instant.parse("2031-01-01T00:00:00.250Z");

    private final LabNipap lab = IpamFixture.lab();
    private final NipapIpam ipam = ipam(lab);

    @AfterEach
    void close() {
        ipam.close();
        lab.close();
    }

    private LabRow stored(String address) {
        return lab.hosts().stream()
                .filter(row -> row.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private AddressRow foreign(String address) {
        return ipam.rowsIn(Prefix.parse(address + "/32")).getFirst();
    }

    @Test
    void anEditChangesWhatItNamesAndKeepsTheRest() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        Optional<AddressRow> after = ipam.edit(seen, RowEdit.fields(Map.of("status", "reserved", "node", "web")));
        assertThat(after).hasValueSatisfying(row -> {
            assertThat(row.status()).isEqualTo(RowStatus.RESERVED);
            assertThat(row.node()).isEqualTo("web");
            assertThat(row.description()).isEqualTo("vm101.home.lan");
            assertThat(row.binds(nic(101))).isTrue();
        });
        assertThat(stored("192.168.1.20").status()).isEqualTo("reserved");
    }

    @Test
    void anEditThatChangesNothingWritesNothing() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        int writes = lab.writes();
        lab.resetCalls();
        RowEdit same = new RowEdit(Map.of("node", "vm101"), Map.of("berth-gone", ""), new Expiry.Never());
        assertThat(ipam.edit(seen, same)).contains(seen);
        assertThat(lab.writes()).isEqualTo(writes);
        assertThat(lab.calls("edit_prefix")).isZero();
    }

    @Test
    void aRowThatChangedMeanwhileIsLeftAlone() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        lab.editHost("192.168.1.20", Map.of("external_key", "pve:home:qemu:999:net0"));
        String before = lab.dump();
        assertThat(ipam.edit(seen, RowEdit.fields(Map.of("status", "reserved"))))
                .isEmpty();
        assertThat(lab.dump()).isEqualTo(before);
    }

    @Test
    void aRowThatChangesBetweenTheLookAndTheWriteIsLeftAlone() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        lab.hooks().onCall(method -> {
            if (method.equals("edit_prefix")) {
                lab.editHost("192.168.1.20", Map.of("node", "somebody else's"));
            }
        });
        assertThat(ipam.edit(seen, RowEdit.fields(Map.of("status", "quarantine"))))
                .isEmpty();
        assertThat(stored("192.168.1.20").status()).isEqualTo("assigned");
    }

    /** The status changes, so it cannot be the condition; that a quarantined row expires keeps the late note off it. */
    @Test
    void aLateNoteOfTheStatusDoesNotEndAQuarantine() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        AtomicBoolean once = new AtomicBoolean();
        lab.hooks().onCall(method -> {
            if (method.equals("edit_prefix") && once.compareAndSet(false, true)) {
                lab.editHost(
                        "192.168.1.20",
                        Map.of("status", "quarantine", "expires", Instant.parse("2030-01-01T00:00:00Z")));
            }
        });
        assertThat(ipam.edit(seen, new RowEdit(Map.of("status", "reserved"), Map.of(), keep())))
                .isEmpty();
        assertThat(stored("192.168.1.20").status()).isEqualTo("quarantine");
    }

    /** NIPAP takes the attributes as a whole: those of before the rename would forget the name that is to go. */
    @Test
    void theOldNameThatARenameNotedIsNotForgottenByAnEditFromBeforeIt() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        AtomicBoolean once = new AtomicBoolean();
        lab.hooks().onCall(method -> {
            if (method.equals("edit_prefix") && once.compareAndSet(false, true)) {
                lab.editHost(
                        "192.168.1.20",
                        Map.of("description", "new.home.lan", "avps", Map.of("berth-was", "vm101.home.lan")));
            }
        });
        assertThat(ipam.edit(seen, new RowEdit(Map.of(), Map.of("berth-booted", "yes"), keep())))
                .isEmpty();
        assertThat(stored("192.168.1.20").avps()).containsEntry("berth-was", "vm101.home.lan");
    }

    @Test
    void aRowThatWasRemovedAndMadeAgainIsAnother() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        lab.removeHost("192.168.1.20");
        made(ipam, 101, "192.168.1.20");
        assertThat(ipam.edit(seen, RowEdit.fields(Map.of("status", "reserved"))))
                .isEmpty();
    }

    @Test
    void extraAttributesOfOthersAreKeptEvenThoseWithoutAValue() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        Map<String, String> avps = new HashMap<>(Map.of("rack", "7", "berth-later", "x", "berth-uuid", "old"));
        avps.put("flag", null);
        lab.editHost("192.168.1.20", Map.of("avps", avps));
        RowEdit edit = new RowEdit(Map.of(), Map.of("berth-mac", "BC:24:11:00:00:02", "berth-uuid", ""), keep());
        assertThat(ipam.edit(seen, edit)).isPresent();
        Map<String, String> expected = new HashMap<>(Map.of("rack", "7", "berth-later", "x"));
        expected.put("berth-mac", "BC:24:11:00:00:02");
        expected.put("flag", null);
        assertThat(stored("192.168.1.20").avps()).isEqualTo(expected);
    }

    @Test
    void anAdoptedRowGetsKeySourceAndTagAndKeepsWhatThePersonWrote() {
        int id = lab.addHost("192.168.1.30", Map.of("node", "web", "comment", "mine", "tags", List.of("dmz")));
        AddressRow seen = foreign("192.168.1.30");
        RowEdit adopt = RowEdit.fields(Map.of("external_key", nic(101).externalKey(), "authoritative_source", "berth"));
        assertThat(ipam.edit(seen, adopt))
                .hasValueSatisfying(row -> assertThat(row.binds(nic(101))).isTrue());
        LabRow after = stored("192.168.1.30");
        assertThat(after.id()).isEqualTo(id);
        assertThat(after.tags()).containsExactly("dmz", "berth");
        assertThat(after.rest()).containsEntry("comment", "mine");
        assertThat(after.node()).isEqualTo("web");
    }

    @Test
    void aRowGivenAwayLosesKeyAndTag() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        RowEdit give = RowEdit.fields(Map.of("external_key", "", "authoritative_source", "nipap"));
        assertThat(ipam.edit(seen, give)).isPresent();
        LabRow after = stored("192.168.1.20");
        assertThat(after.externalKey()).isEmpty();
        assertThat(after.tags()).isEmpty();
    }

    @Test
    void expiryIsSetAndTakenBack() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        AddressRow resting = ipam.edit(
                        seen, new RowEdit(Map.of("status", "quarantine"), Map.of(), new Expiry.At(LATER)))
                .orElseThrow();
        assertThat(stored("192.168.1.20").expires()).isEqualTo(LATER);
        assertThat(resting.quarantined()).isTrue();
        ipam.edit(resting, new RowEdit(Map.of("status", "assigned"), Map.of(), new Expiry.Never()));
        assertThat(stored("192.168.1.20").expires()).isNull();
    }

    @Test
    void aReplyLostAfterTheEditIsNoFailure() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        lab.resetCalls();
        lab.mishaps().loseReply("edit_prefix");
        RowEdit edit = new RowEdit(Map.of("status", "quarantine"), Map.of("berth-free-at", "x"), new Expiry.At(LATER));
        assertThat(ipam.edit(seen, edit))
                .hasValueSatisfying(row -> assertThat(row.quarantined()).isTrue());
        assertThat(lab.calls("edit_prefix")).isEqualTo(1);
    }

    @Test
    void aRemovalIsVerified() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        assertThat(ipam.remove(seen)).isTrue();
        assertThat(lab.hosts()).isEmpty();
        assertThat(ipam.remove(seen)).isTrue();
    }

    @Test
    void aRowThatChangedMeanwhileIsNotRemoved() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        lab.hooks().onCall(method -> {
            if (method.equals("remove_prefix")) {
                lab.editHost("192.168.1.20", Map.of("status", "reserved"));
            }
        });
        assertThat(ipam.remove(seen)).isFalse();
        assertThat(ipam.remove(seen)).isFalse();
        assertThat(lab.hosts()).hasSize(1);
    }

    @Test
    void whoTookTheAddressAfterwardsKeepsIt() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        lab.removeHost("192.168.1.20");
        lab.addHost("192.168.1.20", Map.of("node", "printer"));
        String before = lab.dump();
        assertThat(ipam.remove(seen)).isTrue();
        assertThat(lab.dump()).isEqualTo(before);
    }

    @Test
    void lostRepliesAndDeadlocksOfARemovalAreNoFailure() {
        AddressRow seen = made(ipam, 101, "192.168.1.20");
        lab.mishaps().deadlock("remove_prefix");
        lab.mishaps().loseReply("remove_prefix");
        assertThat(ipam.remove(seen)).isTrue();
        assertThat(lab.hosts()).isEmpty();
    }

    @Test
    void aRowThatIsNotBerthsIsNeverRemoved() {
        lab.addHost("192.168.1.30", Map.of("node", "web", "external_key", nic(101).externalKey()));
        AddressRow seen = foreign("192.168.1.30");
        assertThatThrownBy(() -> ipam.remove(seen)).isInstanceOf(IllegalArgumentException.class);
        assertThat(lab.calls("remove_prefix")).isZero();
    }

    private static Expiry keep() {
        return new Expiry.Keep();
    }
}
