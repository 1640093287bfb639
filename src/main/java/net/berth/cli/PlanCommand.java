package net.berth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth plan}. */
@Command(
        name = "plan",
        description = "Show what a full pass would change, and why. Needs no running receiver and writes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing to do", "1:failure, or not everything could be read", "2:changes are pending"})
final class PlanCommand implements Callable<Integer> {
    private final House house;
    private final Console console;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    PlanCommand(House house, Console console) {
        this.house = house;
        this.console = console;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        CountedSteps steps = new CountedSteps();
        String text =
                Progress.during(console, output, "comparing all guests", steps, () -> house.plan(config.file(), steps));
        JsonNode plan = new ObjectMapper().readTree(text);
        output.print(console.out(), text, new Views(new Paint(console.colour())).plan(plan));
        return exit(plan);
    }

    /** A plan with gaps proves nothing: it is a failure even when it is empty. */
    static int exit(JsonNode plan) {
        if (!Json.list(plan, "gaps").isEmpty()) {
            return Exit.FAILURE;
        }
        return plan.path("pending").asBoolean() ? Exit.PENDING : Exit.OK;
    }
}
