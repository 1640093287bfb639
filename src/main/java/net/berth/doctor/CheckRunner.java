package net.berth.doctor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.berth.doctor.CheckResult.Severity;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.SideBySide;
import net.berth.engine.report.PassSteps;

/**
 * Runs checks: the groups side by side and, once the first check of a group has passed, its other checks side by side, each with its own deadline. A check that fails or hangs does not hide another.
 */
final class CheckRunner {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** One check; it answers one result at least, and a {@link PeerException} counts as a red one. */
    record Check(String name, Duration deadline, Supplier<List<CheckResult>> run) {
        /** With the usual deadline of 30 s. */
        Check(String name, Supplier<List<CheckResult>> run) {
            this(name, DEADLINE, run);
        }
    }

    /** The checks of one system, in the order of the output; if the first one is red, the others are not run. */
    record Group(String system, List<Check> checks) {
        Group(String system, Check... checks) {
            this(system, List.of(checks));
        }
    }

    private final PassSteps steps;
    // Never closed: that would wait for checks that exceeded their deadline.
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private CheckRunner(PassSteps steps) {
        this.steps = steps;
    }

    static List<CheckReport> run(List<Group> groups, PassSteps steps) {
        steps.part(
                PassSteps.Part.LOOKING,
                groups.stream().mapToInt(group -> group.checks().size()).sum());
        CheckRunner runner = new CheckRunner(steps);
        try {
            return flat(SideBySide.map(groups, runner::group));
        } finally {
            runner.threads.shutdownNow();
        }
    }

    private static List<CheckReport> flat(List<List<CheckReport>> reports) {
        return reports.stream().flatMap(List::stream).toList();
    }

    private List<CheckReport> group(Group group) {
        List<CheckReport> first = run(group, group.checks().getFirst());
        List<Check> others = group.checks().subList(1, group.checks().size());
        boolean red = first.stream().anyMatch(report -> report.result().severity() == Severity.RED);
        List<CheckReport> more = red && !others.isEmpty()
                ? skipped(group, others)
                : flat(SideBySide.map(others, check -> run(group, check)));
        return flat(List.of(first, more));
    }

    private List<CheckReport> skipped(Group group, List<Check> others) {
        others.forEach(check -> steps.step());
        String names = others.stream().map(Check::name).collect(Collectors.joining(", "));
        CheckResult skipped = CheckResult.yellow("not checked while the system does not answer: " + names);
        return List.of(new CheckReport(group.system(), "other checks", skipped));
    }

    private List<CheckReport> run(Group group, Check check) {
        List<CheckResult> results = CompletableFuture.supplyAsync(check.run(), threads)
                .orTimeout(check.deadline().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> List.of(CheckResult.red(words(check, failure))))
                .join();
        steps.step();
        return results.stream()
                .map(result -> new CheckReport(group.system(), check.name(), result))
                .toList();
    }

    private static String words(Check check, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String message = failure.getMessage();
        if (failure instanceof TimeoutException) {
            return "no answer within " + check.deadline().toSeconds() + " s";
        }
        return message != null && (failure instanceof PeerException || failure instanceof IllegalArgumentException)
                ? message
                : failure.toString();
    }
}
