package net.berth.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import net.berth.doctor.CheckGroup.Check;
import net.berth.engine.port.PeerException;
import net.berth.engine.report.PassSteps;

/**
 * Runs checks: the groups at the same time and, once the first check of a group has passed, its other checks at the same
 * time, each with its own deadline. A check that fails or hangs does not hide another.
 */
final class CheckRunner {
    private final PassSteps steps;
    // Never closed: that would wait for checks that exceeded their deadline.
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private CheckRunner(PassSteps steps) {
        this.steps = steps;
    }

    /** All results, in the order of the groups and their checks. */
    static List<CheckReport> run(List<CheckGroup> groups, PassSteps steps) {
        steps.part(
                PassSteps.Part.LOOKING,
                groups.stream().mapToInt(group -> group.checks().size()).sum());
        CheckRunner runner = new CheckRunner(steps);
        try {
            return runner.all(groups);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the checks broke off", e);
        } finally {
            runner.threads.shutdownNow();
        }
    }

    private List<CheckReport> all(List<CheckGroup> groups) throws InterruptedException, ExecutionException {
        List<Future<List<CheckReport>>> running = new ArrayList<>();
        groups.forEach(group -> running.add(threads.submit(() -> group(group))));
        List<CheckReport> reports = new ArrayList<>();
        for (Future<List<CheckReport>> one : running) {
            reports.addAll(one.get());
        }
        return List.copyOf(reports);
    }

    private List<CheckReport> group(CheckGroup group) {
        Check first = group.checks().getFirst();
        List<Check> others = group.checks().subList(1, group.checks().size());
        List<CheckReport> reports = new ArrayList<>(reports(group, first, result(first, begun(first))));
        boolean red = reports.stream().anyMatch(report -> report.result().severity() == Severity.RED);
        if (red && !others.isEmpty()) {
            String names = others.stream().map(Check::name).collect(Collectors.joining(", "));
            CheckResult skipped = CheckResult.yellow("not checked while the system does not answer: " + names);
            reports.add(new CheckReport(group.system(), "other checks", skipped));
            others.forEach(check -> steps.step());
            return reports;
        }
        List<Future<List<CheckResult>>> running =
                others.stream().map(this::begun).toList();
        for (int i = 0; i < others.size(); i++) {
            reports.addAll(reports(group, others.get(i), result(others.get(i), running.get(i))));
        }
        return reports;
    }

    private Future<List<CheckResult>> begun(Check check) {
        return threads.submit(() -> check.run().get());
    }

    private static List<CheckReport> reports(CheckGroup group, Check check, List<CheckResult> results) {
        return results.stream()
                .map(result -> new CheckReport(group.system(), check.name(), result))
                .toList();
    }

    private List<CheckResult> result(Check check, Future<List<CheckResult>> running) {
        try {
            return running.get(check.deadline().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            return red("no answer within " + check.deadline().toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return red("interrupted");
        } catch (ExecutionException e) {
            return red(words(e.getCause() == null ? e : e.getCause()));
        } finally {
            steps.step();
        }
    }

    private static List<CheckResult> red(String found) {
        return List.of(CheckResult.red(found));
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message != null && (failure instanceof PeerException || failure instanceof IllegalArgumentException)
                ? message
                : failure.toString();
    }
}
