package net.berth.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final GuestId ID = new GuestId("home", GuestType.QEMU, 101);

    private static Policy policy(Policy.Select select) {
        return new Policy(select, "berth", Policy.Mode.SYNC, Policy.WriteBack.FIRST_BOOT, Duration.ofHours(24), 3);
    }

    private static Guest guest(boolean template, String hook, List<String> tags) {
        return new Guest(
                ID, "web", "pve1", GuestStatus.STOPPED, Duration.ZERO, template, "", "", true, hook, tags, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "local:snippets/berth-hook, true",
        "nfs:snippets/berth-hook.pl, true",
        "local:snippets/other-hook, false",
        "berth:snippets/other-hook, false",
        "local:snippets/not-berth-hook, false",
        "'', false"
    })
    void theHookscriptsFileSelects(String hook, boolean selected) {
        assertThat(policy(Policy.Select.HOOK).selects(guest(false, hook, List.of())))
                .isEqualTo(selected);
    }

    @Test
    void theTagSelects() {
        assertThat(policy(Policy.Select.TAG).selects(guest(false, "", List.of("db", "berth"))))
                .isTrue();
        assertThat(policy(Policy.Select.TAG).selects(guest(false, "local:snippets/berth-hook", List.of("berths"))))
                .isFalse();
    }

    @Test
    void allMeansAllButTemplates() {
        assertThat(policy(Policy.Select.ALL).selects(guest(false, "", List.of())))
                .isTrue();
        for (Policy.Select select : Policy.Select.values()) {
            assertThat(policy(select).selects(guest(true, "local:snippets/berth-hook", List.of("berth"))))
                    .isFalse();
        }
    }

    @Test
    void containersAndCloudInitMachinesTakeAnAddress() {
        Guest machine = guest(false, "", List.of());
        assertThat(machine.takesAddress()).isTrue();
        Guest plain = new Guest(
                ID, "", "pve1", GuestStatus.STOPPED, Duration.ZERO, false, "", "", false, "", List.of(), List.of());
        assertThat(plain.takesAddress()).isFalse();
        assertThat(plain.title()).isEqualTo("home/qemu/101");
        assertThat(machine.title()).isEqualTo("web (home/qemu/101)");
    }

    @Test
    void aNicIsOnTheNetworkOfItsBridgeAndVlan() {
        Network lan = network("lan", "vmbr0", 0, "192.168.1.0/24");
        Network iot = network("iot", "vmbr0", 30, "192.168.30.0/24");
        List<Network> all = List.of(lan, iot);
        assertThat(Network.of(nic("vmbr0", 0), all)).contains(lan);
        assertThat(Network.of(nic("vmbr0", 30), all)).contains(iot);
        assertThat(Network.of(nic("vmbr0", 31), all)).isEmpty();
        assertThat(Network.of(nic("", 0), all)).isEmpty();
        assertThat(iot.onInterface(IpAddress.parse("192.168.30.5"))).hasToString("192.168.30.5/24");
    }

    private static Network network(String name, String bridge, int vlan, String prefix) {
        Prefix parsed = Prefix.parse(prefix);
        return new Network(name, bridge, vlan, parsed, parsed.network().plus(1), "home.lan", List.of(), "", List.of());
    }

    private static Nic nic(String bridge, int vlan) {
        return new Nic(new NicId(ID, 0), MacAddress.parse("BC:24:11:00:00:01"), bridge, vlan, new NicConfig.Dhcp());
    }
}
