package net.berth.cli;

import java.util.ArrayList;
import java.util.List;
import net.berth.cli.view.Answer;
import net.berth.cli.view.Progress;
import net.berth.cli.view.Table;
import net.berth.config.SettingsException;
import net.berth.doctor.CheckReport;
import net.berth.doctor.CheckResult;
import net.berth.doctor.CheckResult.Severity;
import net.berth.security.PlainText;
import picocli.CommandLine.Command;

/** {@code berth doctor}. */
@Command(
        name = "doctor",
        description =
                "Check the settings and each system; print what is right, what is wrong, and what to type. Needs no"
                        + " running receiver and changes nothing.",
        exitCodeOnExecutionException = DoctorCommand.RED,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is green", "1:something is yellow: look at it", "2:something is red"})
final class DoctorCommand extends BackendCommand.Output {
    private static final int YELLOW = 1;
    /** Also if nothing could be checked. */
    static final int RED = 2;

    @Override
    public Integer call() {
        List<CheckReport> reports = reports();
        Severity worst = worst(reports);
        print(Answer.of(new Lights(worst, reports)), lines(reports));
        return switch (worst) {
            case GREEN -> OK;
            case YELLOW -> YELLOW;
            case RED -> RED;
        };
    }

    private List<CheckReport> reports() {
        try {
            Progress.Steps steps = new Progress.Steps();
            return showing("checking", steps, () -> backend().doctor(config(), steps));
        } catch (SettingsException refused) {
            return refused.lines().stream()
                    .map(line -> new CheckReport("settings", "berth.yaml", CheckResult.red(line)))
                    .toList();
        }
    }

    private static Severity worst(List<CheckReport> reports) {
        return reports.stream()
                .map(report -> report.result().severity())
                .max(Severity::compareTo)
                .orElse(Severity.RED);
    }

    private List<String> lines(List<CheckReport> reports) {
        Table table = new Table("", "SYSTEM", "CHECK", "FOUND");
        for (CheckReport report : reports) {
            table.row(List.of(
                    report.result().severity().toString(),
                    report.system(),
                    report.check(),
                    PlainText.of(report.result().found())));
        }
        List<String> rows = table.lines(colours());
        List<String> lines = new ArrayList<>(List.of(rows.getFirst()));
        for (int i = 0; i < reports.size(); i++) {
            lines.add(rows.get(i + 1));
            reports.get(i).result().advice().forEach(line -> lines.add("        type: " + PlainText.of(line)));
        }
        return lines;
    }

    private record Lights(Severity light, List<CheckReport> items) {}
}
