package net.berth.cli;

import net.berth.cli.view.Answer;
import net.berth.cli.view.Progress;
import net.berth.cli.view.Tables;
import picocli.CommandLine.Command;

/** {@code berth plan}. */
@Command(
        name = "plan",
        description = "Show what a full pass would change, and why. Needs no running receiver and writes nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing to do", "1:failure, or not everything could be read", "2:changes are pending"})
final class PlanCommand extends BackendCommand.Output {
    @Override
    public Integer call() {
        Progress.Steps steps = new Progress.Steps();
        String text = showing("comparing all guests", steps, () -> backend().plan(config(), steps));
        Answer plan = Answer.read(text).orElseThrow();
        print(plan, new Tables(colours()).plan(plan));
        return exit(plan);
    }

    /** A plan with gaps is a failure even when it is empty: it proves nothing. */
    static int exit(Answer plan) {
        if (!plan.list("gaps").isEmpty()) {
            return FAILURE;
        }
        return plan.is("pending") ? PENDING : OK;
    }
}
