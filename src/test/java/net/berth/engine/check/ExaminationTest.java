package net.berth.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.berth.engine.PassSteps;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    private record Fixed(String name, Duration deadline, Supplier<Finding> finding) implements Check {
        @Override
        public List<Finding> look() {
            return List.of(finding.get());
        }
    }

    private static Check good(String name) {
        return new Fixed(name, Duration.ofSeconds(30), () -> Finding.green("fine"));
    }

    private static Check never(String name) {
        return new Fixed(name, Duration.ofMillis(50), () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Finding.green("never told");
        });
    }

    private static List<String> told(Ward... wards) {
        return Examination.of(List.of(wards), PassSteps.UNHEARD).stream()
                .map(result -> result.system() + " " + result.check() + " "
                        + result.finding().light() + " " + result.finding().found())
                .toList();
    }

    @Test
    void whatIsFoundIsToldInOrder() {
        assertThat(told(
                        new Ward("a", good("answers"), List.of(good("one"), good("two"))),
                        new Ward("b", good("x"), List.of())))
                .containsExactly("a answers green fine", "a one green fine", "a two green fine", "b x green fine");
    }

    @Test
    void aCheckThatNeverEndsHidesNoOther() {
        assertThat(told(
                        new Ward("dead", never("answers"), List.of(good("rights"), good("clock"))),
                        new Ward("alive", good("answers"), List.of(never("slow"), good("quick")))))
                .containsExactly(
                        "dead answers red no answer within 0 s",
                        "dead the rest yellow not looked at before it answers: rights, clock",
                        "alive answers green fine",
                        "alive slow red no answer within 0 s",
                        "alive quick green fine");
    }

    @Test
    void aPeersOwnWordsAreTold() {
        Check fails = new Fixed("prefixes", Duration.ofSeconds(30), () -> {
            throw new PeerException(Peer.NIPAP, PeerException.Kind.REFUSED, "10.0.0.0/24 is not there");
        });
        Check breaks = new Fixed("other", Duration.ofSeconds(30), () -> {
            throw new IllegalStateException("a fault of Berth's");
        });
        assertThat(told(new Ward("nipap", good("answers"), List.of(fails, breaks))))
                .containsExactly(
                        "nipap answers green fine",
                        "nipap prefixes red 10.0.0.0/24 is not there",
                        "nipap other red java.lang.IllegalStateException: a fault of Berth's");
    }

    @Test
    void clocksMayDifferByLittle() {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        assertThat(Clocks.compare("pve1", now.plusSeconds(1), now, now).light()).isEqualTo(Light.GREEN);
        assertThat(Clocks.compare("pve1", now.plusSeconds(40), now, now))
                .isEqualTo(Finding.yellow(
                        "pve1: 40 s ahead of this machine", "set both clocks by NTP: timedatectl set-ntp true"));
        assertThat(Clocks.compare("pve1", now.minusSeconds(301), now, now).light())
                .isEqualTo(Light.RED);
        // A slow answer is no wrong clock.
        assertThat(Clocks.compare("pve1", now.plusSeconds(30), now, now.plusSeconds(60))
                        .light())
                .isEqualTo(Light.GREEN);
    }

    @Test
    void everyCheckIsAStepAlsoOneThatCannotBeMade() {
        AtomicInteger total = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<Result> results = Examination.of(
                List.of(
                        new Ward("dead", never("answers"), List.of(good("rights"), good("clock"))),
                        new Ward("alive", good("answers"), List.of(good("quick")))),
                new PassSteps() {
                    @Override
                    public void part(Part part, int steps) {
                        total.set(steps);
                    }

                    @Override
                    public void step() {
                        done.incrementAndGet();
                    }
                });
        assertThat(results).hasSize(4);
        assertThat(total).hasValue(5);
        assertThat(done).hasValue(5);
    }
}
