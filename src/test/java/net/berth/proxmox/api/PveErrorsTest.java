package net.berth.proxmox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PveErrorsTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(
                        "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout",
                        PveError.ConfigBusy.class),
                Arguments.of(
                        "can't lock file '/run/lock/lxc/pve-config-100.lock' - got timeout", PveError.ConfigBusy.class),
                Arguments.of("checksum mismatch (file change by other user?)", PveError.DigestMismatch.class),
                Arguments.of("checksum missmatch (file change by other user?)", PveError.DigestMismatch.class),
                Arguments.of(
                        "detected modified configuration - file changed by other user? Try again.",
                        PveError.DigestMismatch.class),
                Arguments.of(
                        "Configuration file 'nodes/n/qemu-server/100.conf' does not exist",
                        PveError.NoSuchConfig.class),
                Arguments.of("storage 'x' does not exist", PveError.Other.class),
                Arguments.of("only root can set 'hookscript' config", PveError.Other.class));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theTextDecidesWhereTheStatusIsAPlain500(String text, Class<? extends PveError> expected) {
        assertThat(PveException.classify(500, "Internal Server Error", message(text + "\n")))
                .isInstanceOf(expected)
                .extracting(PveError::text)
                .isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theReasonPhraseDecidesWhereTheBodyHasNoMessage(String text, Class<? extends PveError> expected) {
        assertThat(PveException.classify(500, text, nothing())).isInstanceOf(expected);
        assertThat(PveException.classify(500, text, MissingNode.getInstance())).isInstanceOf(expected);
    }

    @Test
    void aLockedGuestSaysWhichLock() {
        assertThat(PveException.classify(500, "VM is locked (backup)", MissingNode.getInstance()))
                .isEqualTo(new PveError.GuestLocked("backup", "VM is locked (backup)"));
        assertThat(PveException.classify(500, "CT is locked (snapshot-delete)", MissingNode.getInstance()))
                .isEqualTo(new PveError.GuestLocked("snapshot-delete", "CT is locked (snapshot-delete)"));
    }

    @Test
    void aMissingRightSaysWhichAndWhere() {
        String text = "Permission check failed (/sdn/zones/localnetwork/vmbr0/20, SDN.Use)";
        assertThat(PveException.classify(403, text, MissingNode.getInstance()))
                .isEqualTo(new PveError.Forbidden("/sdn/zones/localnetwork/vmbr0/20", "SDN.Use", text));
        String other = "changing the hookscript is only allowed for root@pam";
        assertThat(PveException.classify(403, other, MissingNode.getInstance()))
                .isEqualTo(new PveError.Forbidden("", "", other));
    }

    @Test
    void refusedParametersKeepTheirTexts() {
        ObjectNode body = message("Parameter verification failed.\n");
        body.putObject("errors").put("ipconfig0", "invalid format - format error\nip: invalid format - no\n");
        PveError error = PveException.classify(400, "Parameter verification failed.", body);
        assertThat(error)
                .isEqualTo(new PveError.BadParameter(
                        Map.of("ipconfig0", "invalid format - format error; ip: invalid format - no"),
                        "Parameter verification failed."));
        assertThat(error.text()).contains("ipconfig0").doesNotContain("\n");
    }

    @Test
    void theStatusesOfADeadProxyAreOfTheirOwn() {
        for (int status : new int[] {595, 596, 599}) {
            assertThat(PveException.classify(status, "No route to host", MissingNode.getInstance()))
                    .isInstanceOf(PveError.NodeUnreachable.class);
        }
    }

    @Test
    void anAnswerWithoutAnyTextNamesItsStatus() {
        assertThat(PveException.classify(401, "", MissingNode.getInstance()))
                .isEqualTo(new PveError.Unauthorized("HTTP status 401"));
    }

    private static ObjectNode nothing() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putNull("data");
        return body;
    }

    private static ObjectNode message(String text) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putNull("data");
        return body.put("message", text);
    }
}
