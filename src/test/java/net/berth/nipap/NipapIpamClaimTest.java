package net.berth.nipap;

import static net.berth.nipap.IpamFixture.ipam;
import static net.berth.nipap.IpamFixture.nic;
import static net.berth.nipap.IpamFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.berth.engine.port.Ipam.Claim;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.PeerException.Kind;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.nipap.LabRow;
import net.berth.model.IpAddress;
import net.berth.model.row.AddressRow;
import net.berth.security.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NipapIpamClaimTest {
    private final LabNipap lab = IpamFixture.lab();
    private final NipapIpam ipam = ipam(lab);

    @AfterEach
    void close() {
        ipam.close();
        lab.close();
    }

    private PeerException refused(int vmid, String address) {
        return catchThrowableOfType(PeerException.class, () -> ipam.claim(row(vmid, address)));
    }

    @Test
    void aClaimMakesTheRowThatTheDesignAsksFor() {
        AddressRow made = IpamFixture.made(ipam, 101, "192.168.1.20");
        LabRow stored = lab.hosts().getFirst();
        assertThat(stored.prefix()).isEqualTo("192.168.1.20/32");
        assertThat(stored.externalKey()).isEqualTo("pve:home:qemu:101:net0");
        assertThat(stored.source()).isEqualTo("berth");
        assertThat(stored.node()).isEqualTo("vm101");
        assertThat(stored.description()).isEqualTo("vm101.home.lan");
        assertThat(stored.status()).isEqualTo("assigned");
        assertThat(stored.tags()).containsExactly("berth");
        assertThat(stored.avps()).containsExactly(Map.entry("berth-mac", "BC:24:11:00:00:01"));
        assertThat(stored.expires()).isNull();
        assertThat(made.id()).isEqualTo(stored.id());
        assertThat(made.binds(nic(101))).isTrue();
        assertThat(made.avps()).isEqualTo(stored.avps());
    }

    @Test
    void aNicThatHasARowKeepsItAndOnlyIt() {
        AddressRow first = IpamFixture.made(ipam, 101, "192.168.1.20");
        String before = lab.dump();
        assertThat(ipam.claim(row(101, "192.168.1.30"))).isEqualTo(new Claim.Had(first));
        assertThat(ipam.claim(row(101, "192.168.1.20"))).isEqualTo(new Claim.Had(first));
        assertThat(lab.dump()).isEqualTo(before);
    }

    @Test
    void anAddressThatAPersonGaveOutIsTakenAndStaysAsItIs() {
        lab.addHost("192.168.1.20", Map.of("node", "printer"));
        String before = lab.dump();
        assertThat(ipam.claim(row(101, "192.168.1.20"))).isEqualTo(new Claim.Taken(IpAddress.parse("192.168.1.20")));
        assertThat(lab.dump()).isEqualTo(before);
    }

    @Test
    void aReplyLostAfterTheInsertGivesNoSecondRow() {
        lab.mishaps().loseReply("add_prefix");
        assertThat(ipam.claim(row(101, "192.168.1.20"))).isInstanceOf(Claim.Made.class);
        assertThat(lab.hosts()).hasSize(1);
        assertThat(lab.calls("add_prefix")).isEqualTo(1);
    }

    @Test
    void aCallLostBeforeTheInsertIsMadeAgain() {
        lab.mishaps().loseCall("add_prefix");
        assertThat(ipam.claim(row(101, "192.168.1.20"))).isInstanceOf(Claim.Made.class);
        assertThat(lab.calls("add_prefix")).isEqualTo(2);
        assertThat(lab.hosts()).hasSize(1);
    }

    @Test
    void deadlocksAreMetWithMoreAttempts() {
        lab.mishaps().deadlock("add_prefix");
        lab.mishaps().deadlock("add_prefix");
        assertThat(ipam.claim(row(101, "192.168.1.20"))).isInstanceOf(Claim.Made.class);
        assertThat(lab.hosts()).hasSize(1);
    }

    @Test
    void anInsertThatSucceededAndIsReportedAsDuplicateIsOurs() {
        lab.mishaps()
                .faultAfterwards(
                        "add_prefix", 1400, "Duplicate value for 'prefix', the value '0, x' is already in use.");
        Claim claim = ipam.claim(row(101, "192.168.1.20"));
        assertThat(claim).isInstanceOf(Claim.Had.class);
        assertThat(lab.hosts()).hasSize(1);
    }

    @Test
    void aDatabaseThatRestartsDuringTheInsertGivesNoSecondRow() {
        lab.mishaps().databaseRestarts("add_prefix");
        assertThat(ipam.claim(row(101, "192.168.1.20"))).isInstanceOf(Claim.Made.class);
        assertThat(lab.hosts()).hasSize(1);
    }

    @Test
    void aReplyLostWithTheLookAfterItLostTooStillGivesOneRow() {
        lab.mishaps().loseReply("add_prefix");
        lab.hooks().onBeforeInsert(prefix -> lab.mishaps().loseCall("search_prefix"));
        assertThat(ipam.claim(row(101, "192.168.1.20"))).isInstanceOf(Claim.Made.class);
        assertThat(lab.hosts()).hasSize(1);
    }

    @Test
    void aContenderThatWasQuickerWithTheSameNicIsRecognized() {
        lab.hooks().onBeforeInsert(prefix -> {
            lab.hooks().onBeforeInsert(any -> {});
            lab.add(
                    0,
                    prefix,
                    "host",
                    Map.of("external_key", nic(101).externalKey(), "authoritative_source", "berth", "node", "vm101"));
        });
        assertThat(ipam.claim(row(101, "192.168.1.20"))).isInstanceOf(Claim.Had.class);
        assertThat(lab.hosts()).hasSize(1);
    }

    @Test
    void ofSeveralRowsOfOneNicTheOldestIsItsAndOnlyClaimsThatAreNotOverGo() {
        Map<String, ?> ours = Map.of("external_key", nic(101).externalKey(), "authoritative_source", "berth");
        Map<String, Object> claiming = new HashMap<>(ours);
        claiming.put("tags", List.of("berth", AddressRow.CLAIMING));
        lab.addHost("192.168.1.30", claiming);
        lab.addHost("192.168.1.40", ours);
        lab.addHost("192.168.1.20", ours);
        lab.addHost("192.168.1.60", Map.of("external_key", nic(101).externalKey()));
        Claim claim = ipam.claim(row(101, "192.168.1.50"));
        assertThat(claim)
                .isInstanceOfSatisfying(
                        Claim.Had.class, had -> assertThat(had.row().address()).hasToString("192.168.1.40"));
        assertThat(lab.hosts())
                .extracting(LabRow::address)
                .as("the younger one that bound the NIC may be in use; the plan lets it rest")
                .containsExactly("192.168.1.40", "192.168.1.20", "192.168.1.60");
    }

    @Test
    void aDatabaseThatIsDownEndsInABoundedNumberOfAttempts() {
        lab.mishaps().databaseDown(true);
        assertThat(refused(101, "192.168.1.20").kind()).isEqualTo(Kind.DOWN);
        assertThat(lab.hosts()).isEmpty();
        assertThat(lab.calls().values().stream().mapToInt(Integer::intValue).sum())
                .isLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.2.1"})
    void anAddressInNoAssignmentIsRefusedWithWhatToDo(String address) {
        PeerException refusal = refused(101, address);
        assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refusal).hasMessageContaining("assignment");
        assertThat(lab.calls("add_prefix")).isEqualTo(1);
    }

    @Test
    void aReadOnlyUserIsRefusedWithoutMoreAttempts() {
        lab.users().addReadOnly("reader", "r");
        NipapSettings settings = NipapSettings.of(lab.url(), "reader", Secret.of("r"), "default");
        try (NipapIpam reader = new NipapIpam(settings, new Random(1), time -> {})) {
            PeerException refusal =
                    catchThrowableOfType(PeerException.class, () -> reader.claim(row(101, "192.168.1.20")));
            assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
            assertThat(refusal).hasMessageContaining("right to write");
            assertThat(lab.calls("add_prefix")).isEqualTo(1);
        }
    }

    @Test
    void allCallsNameTheVrf() {
        lab.addHost("192.168.1.20", Map.of("node", "in the default VRF"));
        int vrf = lab.addVrf("lab", "65000:7");
        lab.add(vrf, "192.168.1.0/24", "assignment", Map.of("description", "lan of the lab"));
        for (String name : List.of("lab", "65000:7")) {
            try (NipapIpam inVrf = IpamFixture.ipam(lab.url(), name)) {
                AddressRow made = IpamFixture.made(inVrf, 101, "192.168.1.20");
                assertThat(lab.hosts()).extracting(LabRow::vrf).containsExactly(0, vrf);
                assertThat(inVrf.remove(made)).isTrue();
                assertThat(lab.hosts()).extracting(LabRow::vrf).containsExactly(0);
            }
        }
    }

    @Test
    void anUnknownVrfIsRefusedAndNothingIsWritten() {
        try (NipapIpam lost = IpamFixture.ipam(lab.url(), "nowhere")) {
            PeerException refusal =
                    catchThrowableOfType(PeerException.class, () -> lost.claim(row(101, "192.168.1.20")));
            assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
            assertThat(refusal).hasMessageContaining("nowhere");
            assertThat(lab.hosts()).isEmpty();
        }
    }
}
