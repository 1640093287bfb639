package net.berth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.berth.engine.check.Finding;
import net.berth.engine.check.Light;
import net.berth.engine.check.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth doctor}. */
@Command(
        name = "doctor",
        description = "Look at the settings and at each system, and tell line by line what is right, what is not, and"
                + " what to type. Needs no running receiver and changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = DoctorCommand.RED,
        exitCodeOnExecutionException = DoctorCommand.RED,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is green", "1:something is yellow: a person should look", "2:something is red"})
final class DoctorCommand implements Callable<Integer> {
    private static final int YELLOW = 1;
    /** Also for what keeps the doctor from looking. */
    static final int RED = 2;

    private final House house;
    private final Console console;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    DoctorCommand(House house, Console console) {
        this.house = house;
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Result> results = results();
        output.print(console.out(), json(results), lines(results));
        return switch (worst(results)) {
            case GREEN -> Exit.OK;
            case YELLOW -> YELLOW;
            case RED -> RED;
        };
    }

    private List<Result> results() {
        try {
            CountedSteps steps = new CountedSteps();
            return Progress.during(console, output, "looking", steps, () -> house.doctor(config.file(), steps));
        } catch (SettingsRefused refused) {
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
                    Json.clean(result.finding().found()));
        }
        List<String> rows = table.lines(new Paint(console.colour()));
        List<String> lines = new ArrayList<>(List.of(rows.getFirst()));
        for (int i = 0; i < results.size(); i++) {
            lines.add(rows.get(i + 1));
            results.get(i).finding().advice().forEach(line -> lines.add("        type: " + Json.clean(line)));
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
