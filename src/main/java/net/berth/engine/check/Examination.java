package net.berth.engine.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import net.berth.engine.PassSteps;
import net.berth.engine.port.PeerException;

/**
 * Runs checks: the systems side by side, the checks of one system too once it answers, each within its own deadline. What
 * one check does, even never ending, hides no other.
 */
public final class Examination {
    private Examination() {}

    /** Everything that was found, in the order of the wards and their checks. */
    public static List<Result> of(List<Ward> wards, PassSteps steps) {
        steps.part(
                PassSteps.Part.LOOKING,
                wards.size()
                        + wards.stream().mapToInt(ward -> ward.checks().size()).sum());
        // Not closed at the end: that would wait for checks that outlived their deadline.
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<List<Result>>> running = new ArrayList<>();
            wards.forEach(ward -> running.add(threads.submit(() -> visit(ward, threads, steps))));
            List<Result> results = new ArrayList<>();
            for (Future<List<Result>> one : running) {
                results.addAll(one.get());
            }
            return List.copyOf(results);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an examination broke off", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Result> visit(Ward ward, ExecutorService threads, PassSteps steps) {
        List<Result> results = new ArrayList<>(look(ward, ward.gate(), threads, steps));
        boolean shut = results.stream().anyMatch(result -> result.finding().light() == Light.RED);
        if (shut && !ward.checks().isEmpty()) {
            String names = ward.checks().stream().map(Check::name).collect(Collectors.joining(", "));
            results.add(
                    new Result(ward.system(), "the rest", Finding.yellow("not looked at before it answers: " + names)));
            ward.checks().forEach(check -> steps.step());
            return results;
        }
        List<Future<List<Result>>> running = new ArrayList<>();
        ward.checks().forEach(check -> running.add(threads.submit(() -> look(ward, check, threads, steps))));
        for (int i = 0; i < running.size(); i++) {
            Check check = ward.checks().get(i);
            // Its own deadline ends it; this one is for what cannot happen.
            results.addAll(
                    within(running.get(i), check.deadline().plusSeconds(5), failed -> result(ward, check, failed)));
        }
        return results;
    }

    private static List<Result> look(Ward ward, Check check, ExecutorService threads, PassSteps steps) {
        Future<List<Result>> look = threads.submit(() -> check.look().stream()
                .map(finding -> new Result(ward.system(), check.name(), finding))
                .toList());
        List<Result> results = within(look, check.deadline(), failed -> result(ward, check, failed));
        steps.step();
        return results;
    }

    private static List<Result> result(Ward ward, Check check, Finding finding) {
        return List.of(new Result(ward.system(), check.name(), finding));
    }

    private interface OfFailure {
        List<Result> tell(Finding finding);
    }

    private static List<Result> within(Future<List<Result>> look, Duration deadline, OfFailure failed) {
        try {
            return look.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            look.cancel(true);
            return failed.tell(Finding.red("no answer within " + deadline.toSeconds() + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed.tell(Finding.red("interrupted"));
        } catch (ExecutionException e) {
            return failed.tell(Finding.red(words(e.getCause() == null ? e : e.getCause())));
        }
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message != null && (failure instanceof PeerException || failure instanceof IllegalArgumentException)
                ? message
                : failure.toString();
    }
}
