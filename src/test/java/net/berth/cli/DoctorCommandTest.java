package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.cli.CliBench.Result;
import net.berth.doctor.CheckReport;
import net.berth.doctor.CheckResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    private static final CheckResult GREEN = CheckResult.green("NIPAP 0.32.7");
    private static final CheckResult YELLOW =
            CheckResult.yellow("40 s behind this machine", "timedatectl set-ntp true");
    private static final CheckResult RED = CheckResult.red("no\033[2J answer");

    private final CliBench bench = new CliBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private Result doctor(List<CheckResult> results, String... more) {
        bench.reports = results.stream()
                .map(result -> new CheckReport("nipap", "clock", result))
                .toList();
        String[] arguments = new String[1 + more.length];
        arguments[0] = "doctor";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return bench.run(arguments);
    }

    @Test
    void theWorstLightIsTheExitCode() {
        assertThat(doctor(List.of(GREEN)).exit()).isZero();
        assertThat(doctor(List.of(GREEN, YELLOW)).exit()).isEqualTo(1);
        assertThat(doctor(List.of(YELLOW, RED, GREEN)).exit()).isEqualTo(2);
        assertThat(doctor(List.of(), "--what").exit()).isEqualTo(2);
    }

    @Test
    void eachLineTellsWhatToType() {
        assertThat(doctor(List.of(GREEN, YELLOW, RED)).out())
                .startsWith("        SYSTEM  CHECK  FOUND\n")
                .endsWith("""
                        green   nipap   clock  NIPAP 0.32.7
                        yellow  nipap   clock  40 s behind this machine
                                type: timedatectl set-ntp true
                        red     nipap   clock  no [2J answer
                        """);
    }

    @Test
    void asJsonForOtherPrograms() {
        assertThat(doctor(List.of(YELLOW), "-o", "json").out())
                .isEqualTo("{\"light\":\"yellow\",\"items\":[{\"system\":\"nipap\",\"check\":\"clock\",\"light\":"
                        + "\"yellow\",\"found\":\"40 s behind this machine\",\"advice\":[\"timedatectl set-ntp"
                        + " true\"]}]}\n");
    }
}
