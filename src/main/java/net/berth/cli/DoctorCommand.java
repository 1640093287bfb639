package net.berth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.berth.cli.view.Console;
import net.berth.cli.view.CountedSteps;
import net.berth.cli.view.Table;
import net.berth.config.SettingsException;
import net.berth.engine.check.Finding;
import net.berth.engine.check.Light;
import net.berth.engine.check.Result;
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
final class DoctorCommand extends OutputCommand {
    private static final int YELLOW = 1;
    /** Also if nothing could be checked. */
    static final int RED = 2;

    DoctorCommand(Backend backend, Console console) {
        super(backend, console);
    }

    @Override
    public Integer call() {
        List<Result> results = results();
        print(json(results), lines(results));
        return switch (worst(results)) {
            case GREEN -> OK;
            case YELLOW -> YELLOW;
            case RED -> RED;
        };
    }

    private List<Result> results() {
        try {
            CountedSteps steps = new CountedSteps();
            return showing("checking", steps, () -> backend.doctor(config(), steps));
        } catch (SettingsException refused) {
            return refused.lines().stream()
                    .map(line -> new Result("settings", "berth.yaml", Finding.red(line)))
                    .toList();
        }
    }

    private static Light worst(List<Result> results) {
        return results.stream()
                .map(result -> result.finding().light())
                .max(Light::compareTo)
                .orElse(Light.RED);
    }

    private List<String> lines(List<Result> results) {
        Table table = new Table("", "SYSTEM", "CHECK", "FOUND");
        for (Result result : results) {
            table.row(
                    result.finding().light().toString(),
                    result.system(),
                    result.check(),
                    PlainText.of(result.finding().found()));
        }
        List<String> rows = table.lines(colours());
        List<String> lines = new ArrayList<>(List.of(rows.getFirst()));
        for (int i = 0; i < results.size(); i++) {
            lines.add(rows.get(i + 1));
            results.get(i).finding().advice().forEach(line -> lines.add("        type: " + PlainText.of(line)));
        }
        return lines;
    }

    private static String json(List<Result> results) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (Result result : results) {
            ObjectNode item = items.addObject();
            item.put("system", result.system());
            item.put("check", result.check());
            item.put("light", result.finding().light().toString());
            item.put("found", result.finding().found());
            ArrayNode advice = item.putArray("advice");
            result.finding().advice().forEach(advice::add);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("light", worst(results).toString());
        answer.set("items", items);
        return answer.toString();
    }
}
