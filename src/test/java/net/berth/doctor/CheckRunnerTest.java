package net.berth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.berth.doctor.CheckRunner.Check;
import net.berth.doctor.CheckRunner.Group;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.report.PassSteps;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private static List<CheckResult> good() {
        return List.of(CheckResult.green("fine"));
    }

    private static List<CheckResult> never() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of(CheckResult.green("never printed"));
    }

    private static Check good(String name) {
        return new Check(name, CheckRunnerTest::good);
    }

    private static Group group(String system, Check... others) {
        return new Group(
                system,
                Stream.concat(Stream.of(good("answers")), Stream.of(others)).toList());
    }

    private static Group dead() {
        return new Group("dead", new Check("answers", SHORT, CheckRunnerTest::never), good("rights"), good("clock"));
    }

    private static List<String> run(Group... groups) {
        return CheckRunner.run(List.of(groups), PassSteps.UNHEARD).stream()
                .map(report -> report.system() + " " + report.check() + " "
                        + report.result().severity() + " " + report.result().found())
                .toList();
    }

    @Test
    void resultsAreInTheOrderOfTheChecks() {
        assertThat(run(group("a", good("one"), good("two")), group("b")))
                .containsExactly(
                        "a answers green fine", "a one green fine", "a two green fine", "b answers green fine");
    }

    @Test
    void aCheckThatNeverEndsHidesNoOther() {
        assertThat(run(dead(), group("alive", new Check("slow", SHORT, CheckRunnerTest::never), good("quick"))))
                .containsExactly(
                        "dead answers red no answer within 0 s",
                        "dead other checks yellow not checked while the system does not answer: rights, clock",
                        "alive answers green fine",
                        "alive slow red no answer within 0 s",
                        "alive quick green fine");
    }

    @Test
    void theMessageOfASystemIsTheResult() {
        assertThat(run(group(
                        "nipap",
                        new Check("prefixes", () -> {
                            throw new PeerException(Peer.NIPAP, PeerException.Kind.REFUSED, "10.0.0.0/24 is not there");
                        }),
                        new Check("other", () -> {
                            throw new IllegalStateException("a fault of Berth's");
                        }))))
                .containsExactly(
                        "nipap answers green fine",
                        "nipap prefixes red 10.0.0.0/24 is not there",
                        "nipap other red java.lang.IllegalStateException: a fault of Berth's");
    }

    @Test
    void clocksMayDifferByLittle() {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        assertThat(CheckResult.clock("pve1", now.plusSeconds(1), now, now).severity())
                .isEqualTo(CheckResult.Severity.GREEN);
        assertThat(CheckResult.clock("pve1", now.plusSeconds(40), now, now))
                .isEqualTo(CheckResult.yellow(
                        "pve1: 40 s ahead of this machine", "set both clocks by NTP: timedatectl set-ntp true"));
        assertThat(CheckResult.clock("pve1", now.minusSeconds(301), now, now).severity())
                .isEqualTo(CheckResult.Severity.RED);
        // A slow answer is no wrong clock.
        assertThat(CheckResult.clock("pve1", now.plusSeconds(30), now, now.plusSeconds(60))
                        .severity())
                .isEqualTo(CheckResult.Severity.GREEN);
    }

    @Test
    void everyCheckIsAStepAlsoOneThatCannotBeMade() {
        AtomicInteger total = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<CheckReport> reports = CheckRunner.run(List.of(dead(), group("alive", good("quick"))), new PassSteps() {
            @Override
            public void part(Part part, int steps) {
                total.set(steps);
            }

            @Override
            public void step() {
                done.incrementAndGet();
            }
        });
        assertThat(reports).hasSize(4);
        assertThat(total).hasValue(5);
        assertThat(done).hasValue(5);
    }
}
