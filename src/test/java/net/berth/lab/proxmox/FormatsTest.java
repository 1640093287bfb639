package net.berth.lab.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.stream.Stream;
import net.berth.proxmox.text.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The stand-in accepts, refuses and prints what the real parsers did, with their texts. */
class FormatsTest {
    private final Formats pve9 = new Formats(PveVersion.PVE_9);
    private final Formats pve8 = new Formats(PveVersion.PVE_8);

    @TestFactory
    Stream<DynamicTest> netOfAVm() {
        return tests("qemu-net", formats -> text -> {
            formats.qemuNet(text);
            // The parser's own printer leaves a missing MAC out; the server invents one before it prints.
            return formats.printQemu(text, () -> "").replace("=,", ",");
        });
    }

    @TestFactory
    Stream<DynamicTest> ipconfigOfAVm() {
        return tests("qemu-ipconfig", formats -> text -> {
            formats.ipconfig(text);
            return text;
        });
    }

    @TestFactory
    Stream<DynamicTest> netOfAContainer() {
        return tests(
                "lxc-net",
                formats -> text ->
                        text.isEmpty() ? formats.lxcNet(text).toString() : formats.printLxc(text, () -> "GENERATED"));
    }

    private Stream<DynamicTest> tests(String kind, Function<Formats, Function<String, String>> print) {
        return Vectors.strings(kind).stream().flatMap(v -> {
            JsonNode eight = v.has("pve8") ? v.path("pve8") : v;
            return Stream.of(test("9 ", v, v, print.apply(pve9)), test("8 ", v, eight, print.apply(pve8)));
        });
    }

    private static DynamicTest test(
            String version, JsonNode vector, JsonNode expected, Function<String, String> print) {
        String input = vector.path("input").asText();
        return DynamicTest.dynamicTest(version + vector.path("id").asText() + " " + input, () -> {
            if (!expected.path("accepted").asBoolean()) {
                assertThatThrownBy(() -> print.apply(input))
                        .isInstanceOf(Format.Refused.class)
                        .hasMessage(expected.path("error").asText());
            } else if (expected.hasNonNull("printed")) {
                assertThat(print.apply(input))
                        .isEqualTo(expected.path("printed").asText());
            } else {
                print.apply(input);
            }
        });
    }
}
