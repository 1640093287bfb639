package net.berth.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NicIdTest {
    private static final GuestId WEB = new GuestId("home", GuestType.QEMU, 101);

    @Test
    void theKeyNamesClusterTypeNumberAndNic() {
        assertThat(new NicId(WEB, 0).externalKey()).isEqualTo("pve:home:qemu:101:net0");
        assertThat(NicId.ofExternalKey("pve:home:lxc:200:net31"))
                .contains(new NicId(new GuestId("home", GuestType.LXC, 200), 31));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pve:home:qemu:101",
                "pve:home:qemu:101:net",
                "pve:home:qemu:101:net32",
                "pve:home:qemu:101:net00",
                "pve:home:qemu:101:net07",
                "pve:home:qemu:0101:net0",
                "pve:home:qemu:0:net0",
                "pve:home:qemu:1000000000:net0",
                "pve:home:qemu:99999999999999:net0",
                "pve:home:vz:101:net0",
                "pve:home:QEMU:101:net0",
                "pve::qemu:101:net0",
                "pve:ho me:qemu:101:net0",
                "pve:home:qemu:101:net0\n",
                " pve:home:qemu:101:net0",
                "PVE:home:qemu:101:net0",
                "pve:home:qemu:101:net0:extra",
                "netbox:home:qemu:101:net0",
                "pve:home:qemu:\u0661\u0660\u0661:net0"
            })
    void aKeyThatBerthDidNotWriteIsNobodys(String key) {
        assertThat(NicId.ofExternalKey(key)).isEmpty();
    }

    @Test
    void oneGuestsKeysAreNoPrefixOfAnothers() {
        GuestId longer = new GuestId("home", GuestType.QEMU, 1011);
        assertThat(new NicId(longer, 0).externalKey()).doesNotStartWith(NicId.keyPrefix(WEB));
        assertThat(new NicId(WEB, 5).externalKey()).startsWith(NicId.keyPrefix(WEB));
    }

    @Test
    void proxmoxHasThirtyTwoNics() {
        assertThatThrownBy(() -> new NicId(WEB, 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NicId(WEB, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a/b", "a b", "caf\u00e9", "a\n"})
    void clusterNamesThatWouldBreakAKeyAreRefused(String cluster) {
        assertThatThrownBy(() -> new GuestId(cluster, GuestType.QEMU, 101))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_000_000, Integer.MAX_VALUE})
    void numbersThatNoKeyHoldsAreRefused(int vmid) {
        assertThatThrownBy(() -> new GuestId("home", GuestType.QEMU, vmid))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @RepeatedTest(200)
    void everyKeyReadsBackAsItsNic(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        String cluster = "c".repeat(1 + random.nextInt(62)) + "._-".charAt(random.nextInt(3));
        GuestType type = random.nextBoolean() ? GuestType.QEMU : GuestType.LXC;
        NicId nic = new NicId(new GuestId(cluster, type, 1 + random.nextInt(999_999_999)), random.nextInt(32));
        assertThat(NicId.ofExternalKey(nic.externalKey())).contains(nic);
    }

    @Test
    void guestsSortByNumberThenByName() {
        GuestId container = new GuestId("home", GuestType.LXC, 101);
        assertThat(new GuestId("home", GuestType.QEMU, 99)).isLessThan(WEB);
        assertThat(container).isLessThan(WEB);
        assertThat(new NicId(WEB, 2)).isLessThan(new NicId(WEB, 10));
        assertThat(new NicId(container, 9)).isLessThan(new NicId(WEB, 0));
    }
}
