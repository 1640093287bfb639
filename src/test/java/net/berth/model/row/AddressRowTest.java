package net.berth.model.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRowTest {
    private static final NicId NIC = new NicId(new GuestId("home", GuestType.QEMU, 101), 0);

    private static AddressRow row(String source, String key, RowStatus status) {
        return new AddressRow(
                7, IpAddress.parse("192.168.1.20"), source, key, "web", "", status, List.of(), Map.of("x", "y"));
    }

    @Test
    void sourceAndKeyTogetherMakeItBerths() {
        AddressRow row = row("berth", "pve:home:qemu:101:net0", RowStatus.ASSIGNED);
        assertThat(row.ours()).isTrue();
        assertThat(row.nic()).contains(NIC);
        assertThat(row.binds(NIC)).isTrue();
        assertThat(row.binds(new NicId(NIC.guest(), 1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "nipap, pve:home:qemu:101:net0",
        "'', pve:home:qemu:101:net0",
        "Berth, pve:home:qemu:101:net0",
        "berth, ''",
        "berth, router-7",
        "berth, pve:home:qemu:101:net99"
    })
    void oneOfTheTwoIsNotEnough(String source, String key) {
        AddressRow row = row(source, key, RowStatus.ASSIGNED);
        assertThat(row.ours()).isFalse();
        assertThat(row.nic()).isEmpty();
        assertThat(row.binds(NIC)).isFalse();
    }

    @Test
    void anAbsentAttributeReadsAsEmpty() {
        AddressRow row = row("berth", "", RowStatus.QUARANTINE);
        assertThat(row.avp("x")).isEqualTo("y");
        assertThat(row.avp("z")).isEmpty();
        assertThat(row.quarantined()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-20T18:03:07", "2026-11-20"})
    void aDateThatIsNoInstantIsNoDate(String text) {
        AddressRow row = new AddressRow(
                7,
                IpAddress.parse("192.168.1.20"),
                "berth",
                "",
                "",
                "",
                RowStatus.ASSIGNED,
                List.of(),
                Map.of(RowAttributes.CLAIMED, text));
        assertThat(row.claimed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RowStatus.class)
    void statusesReadBackFromNipapsWords(RowStatus status) {
        assertThat(RowStatus.of(status.toString())).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "free", "ASSIGNED", "ass\u0131gned", "reserved\n"})
    void otherStatusesAreRefusedWithTheAllowedOnes(String word) {
        assertThatThrownBy(() -> RowStatus.of(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("assigned, reserved or quarantine");
    }

    @ParameterizedTest
    @EnumSource(GuestType.class)
    void guestTypesReadBackFromProxmoxsWords(GuestType type) {
        assertThat(GuestType.of(type.toString())).isEqualTo(type);
        assertThatThrownBy(() -> GuestType.of("openvz")).hasMessageContaining("neither qemu nor lxc");
    }

    @Test
    void wordsForAGuestsStatusThatAreNotKnownAreUnknown() {
        assertThat(GuestStatus.of("running")).isEqualTo(GuestStatus.RUNNING);
        assertThat(GuestStatus.of("stopped")).isEqualTo(GuestStatus.STOPPED);
        assertThat(GuestStatus.of("unknown")).isEqualTo(GuestStatus.UNKNOWN);
        assertThat(GuestStatus.of("Running")).isEqualTo(GuestStatus.UNKNOWN);
        assertThat(GuestStatus.of("")).isEqualTo(GuestStatus.UNKNOWN);
    }
}
