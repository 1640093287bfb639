package net.berth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.berth.cli.view.AnswerTables;
import net.berth.cli.view.Console;
import net.berth.cli.view.CountedSteps;
import net.berth.cli.view.JsonValues;
import picocli.CommandLine.Command;

/** {@code berth plan}. */
@Command(
        name = "plan",
        description = "Show what a full pass would change, and why. Needs no running receiver and writes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing to do", "1:failure, or not everything could be read", "2:changes are pending"})
final class PlanCommand extends OutputCommand {
    PlanCommand(Backend backend, Console console) {
        super(backend, console);
    }

    @Override
    public Integer call() throws JsonProcessingException {
        CountedSteps steps = new CountedSteps();
        String text = showing("comparing all guests", steps, () -> backend.plan(config(), steps));
        JsonNode plan = new ObjectMapper().readTree(text);
        print(text, new AnswerTables(colours()).plan(plan));
        return exit(plan);
    }

    /** A plan with gaps is a failure even when it is empty: it proves nothing. */
    static int exit(JsonNode plan) {
        if (!JsonValues.list(plan, "gaps").isEmpty()) {
            return FAILURE;
        }
        return plan.path("pending").asBoolean() ? PENDING : OK;
    }
}
