package net.berth.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.lab.proxmox.PveLab;
import net.berth.lab.proxmox.PveOptions;
import net.berth.lab.proxmox.PveVersion;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.proxmox.MissingRight.Weight;
import net.berth.proxmox.api.PveApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which rights are found missing, on Proxmox VE 8 and 9, and what gives them. */
class ProxmoxRightsTest {
    private static final Pattern PRIVS = Pattern.compile("pveum role modify \\S+ --privs \"([^\"]+)\"");
    private static final Pattern PATH =
            Pattern.compile("pveum acl modify (\\S+) --users berth@pve --tokens" + " 'berth@pve!berth' --roles \\S+");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void withTheRoleOfTheManualNothingIsMissingThatBerthNeeds(PveVersion version) {
        try (LabFixture lab = lab(version)) {
            lab.lab
                    .acl()
                    .forget("/vms")
                    .forget("/sdn/zones/localnetwork")
                    .forget("/nodes")
                    .grant("/", "VM.Audit", "VM.Config.Network", "VM.Config.Cloudinit", "SDN.Use", "Sys.Audit");
            assertThat(missing(lab.lab, policy(Policy.Mode.SYNC)))
                    .extracting(MissingRight::weight)
                    .containsOnly(Weight.OPTIONAL);
        }
    }

    @ParameterizedTest
    @CsvSource({"PVE_8_OLD, VM.Monitor", "PVE_8, VM.Monitor", "PVE_9, VM.GuestAgent.Audit"})
    void theGuestAgentsRightHasTheNameOfTheVersion(PveVersion version, String privilege) {
        try (LabFixture lab = lab(version)) {
            assertThat(missing(lab.lab, policy(Policy.Mode.SYNC)))
                    .singleElement()
                    .satisfies(right -> {
                        assertThat(right.privilege()).isEqualTo(privilege);
                        assertThat(right.path()).isEqualTo("/vms");
                        assertThat(right.grant().getFirst()).contains(privilege);
                    });
            lab.lab.acl().grant("/vms", "VM.Audit", "VM.Config.Network", "VM.Config.Cloudinit", privilege);
            assertThat(missing(lab.lab, policy(Policy.Mode.SYNC))).isEmpty();
        }
    }

    @Test
    void theBroaderRightOfTheAgentWillDo() {
        try (LabFixture lab = lab(PveVersion.PVE_9)) {
            lab.lab
                    .acl()
                    .grant(
                            "/vms",
                            "VM.Audit",
                            "VM.Config.Network",
                            "VM.Config.Cloudinit",
                            "VM.GuestAgent.Unrestricted");
            assertThat(missing(lab.lab, policy(Policy.Mode.SYNC))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void whatIsMissingIsNamedWithItsPathTheWorstFirst(PveVersion version) {
        try (LabFixture lab = lab(version)) {
            lab.lab
                    .acl()
                    .grant("/vms", "VM.Audit")
                    .forget("/sdn/zones/localnetwork")
                    .forget("/nodes")
                    .forget("/");
            assertThat(missing(lab.lab, policy(Policy.Mode.SYNC)))
                    .extracting(right -> right.weight() + " " + right.privilege() + " " + right.path())
                    .containsExactly(
                            "VITAL VM.Config.Network /vms",
                            "VITAL VM.Config.Cloudinit /vms",
                            "VITAL SDN.Use /sdn/zones/localnetwork/vmbr0/20",
                            "VITAL SDN.Use /sdn/zones/localnetwork/vmbr1",
                            "HELPFUL Sys.Audit /",
                            "HELPFUL Sys.Audit /nodes",
                            "OPTIONAL " + (version.name().startsWith("PVE_8") ? "VM.Monitor" : "VM.GuestAgent.Audit")
                                    + " /vms");
        }
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void theLinesThatAreToldGiveWhatIsMissing(PveVersion version) {
        try (LabFixture lab = lab(version)) {
            lab.lab
                    .acl()
                    .forget("/vms")
                    .forget("/sdn/zones/localnetwork")
                    .forget("/nodes")
                    .forget("/");
            List<MissingRight> before = missing(lab.lab, policy(Policy.Mode.SYNC));
            assertThat(before.getFirst().privilege()).isEqualTo("VM.Audit");
            before.forEach(right -> type(lab.lab, right));
            assertThat(missing(lab.lab, policy(Policy.Mode.SYNC))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(PveVersion.class)
    void aTokenThatWasGivenAPoolIsJudgedOnThePool(PveVersion version) {
        try (LabFixture lab = lab(version)) {
            lab.lab.pool(101, "home");
            lab.lab.acl().forget("/vms").grant("/pool/home", "VM.Audit", "VM.Config.Cloudinit");
            List<MissingRight> missing = missing(lab.lab, policy(Policy.Mode.SYNC));
            assertThat(missing.stream().filter(right -> right.weight() == Weight.VITAL))
                    .extracting(right -> right.privilege() + " " + right.path())
                    .containsExactly("VM.Config.Network /pool/home");
            assertThat(missing).anySatisfy(right -> {
                assertThat(right.path()).isEqualTo("/vms");
                assertThat(right.without()).contains("never sees that one is gone");
                // Seeing all guests must not come with changing them.
                assertThat(right.grant().getFirst()).contains("--privs \"VM.Audit\"");
            });
        }
    }

    @Test
    void whoOnlyReportsNeedsNoRightToWrite() {
        try (LabFixture lab = lab(PveVersion.PVE_9)) {
            lab.lab.acl().grant("/vms", "VM.Audit").forget("/sdn/zones/localnetwork");
            assertThat(missing(lab.lab, policy(Policy.Mode.REPORT)))
                    .extracting(MissingRight::weight)
                    .containsOnly(Weight.OPTIONAL);
        }
    }

    /** Does on the stand-in what the two lines do on a node. */
    private static void type(PveLab lab, MissingRight right) {
        Matcher privs = PRIVS.matcher(right.grant().get(0));
        Matcher path = PATH.matcher(right.grant().get(1));
        assertThat(privs.lookingAt()).as(right.grant().get(0)).isTrue();
        assertThat(path.matches()).as(right.grant().get(1)).isTrue();
        lab.acl().grant(path.group(1), privs.group(1).split(" ", -1));
    }

    private LabFixture lab(PveVersion version) {
        return new LabFixture(PveOptions.quick().version(version), folder);
    }

    private static List<MissingRight> missing(PveLab lab, Policy policy) {
        try (PveApi api = new PveApi(LabFixture.settings(lab, List.of(lab.url())))) {
            return new ProxmoxRights(api, lab.tokenId())
                    .missing(List.of(network("vmbr0", 20, "10.0.20.0/24"), network("vmbr1", 0, "10.0.1.0/24")), policy);
        }
    }

    private static Network network(String bridge, int vlan, String prefix) {
        Prefix parsed = Prefix.parse(prefix);
        IpAddress gateway = parsed.network().plus(1);
        return new Network(bridge, bridge, vlan, parsed, gateway, "home.lan", List.of(), "LAN", List.of());
    }

    private static Policy policy(Policy.Mode mode) {
        return new Policy(Policy.Select.HOOK, "berth", mode, Policy.WriteBack.FIRST_BOOT, Duration.ofHours(24), 3);
    }
}
