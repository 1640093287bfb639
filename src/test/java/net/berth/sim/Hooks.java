package net.berth.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import net.berth.engine.HookAnswer;
import net.berth.engine.HookEvent;
import net.berth.engine.port.PeerException;

/** The hookscript on the nodes: tells a receiver, and waits for it as long as it is allowed to. */
final class Hooks {
    static final Duration WAIT = Duration.ofSeconds(20);
    /** What the hookscript allows beyond the wait it asks for. */
    private static final long GRACE = 2_000;

    private final Kernel kernel;
    private final Judge judge;
    private final List<Life> lives;
    private final Mail mail;
    private final Map<Integer, Life> lastAnswered = new HashMap<>();

    Hooks(Kernel kernel, Judge judge, List<Life> lives, Mail mail) {
        this.mail = mail;
        this.kernel = kernel;
        this.judge = judge;
        this.lives = lives;
    }

    private static final class Call {
        private boolean over;
    }

    /** Posts an event as often and as late as the mail carries it; the answer is that of no copy but the first. */
    void post(HookEvent event, int first, Duration wait, Consumer<Optional<HookAnswer>> answered) {
        long[] copies = mail.copies();
        if (copies.length == 0 || copies[0] > 0) {
            // The node gives up on it, and the guest starts all the same.
            kernel.in(GRACE, () -> answered.accept(Optional.empty()));
        }
        for (int i = 0; i < copies.length; i++) {
            Consumer<Optional<HookAnswer>> told = copies[i] == 0 ? answered : nobody -> {};
            kernel.in(copies[i], () -> deliver(event, first, wait, told));
        }
    }

    /** Who gave a guest's last answer. */
    Life lastAnswered(int vmid) {
        return Objects.requireNonNull(lastAnswered.get(vmid));
    }

    /** Whether each event arrives, once and at once. */
    boolean areReliable() {
        return mail.isReliable();
    }

    private void deliver(HookEvent event, int first, Duration wait, Consumer<Optional<HookAnswer>> answered) {
        Optional<Life> alive = alive(first);
        if (alive.isEmpty()) {
            kernel.in(GRACE, () -> answered.accept(Optional.empty()));
            return;
        }
        Life life = alive.get();
        Call call = new Call();
        long began = kernel.now();
        Consumer<Optional<HookAnswer>> once = answer -> kernel.in(3, () -> {
            if (!call.over) {
                call.over = true;
                lastAnswered.put(event.vmid(), life);
                kernel.trace()
                        .add(
                                kernel.now(),
                                "hook",
                                event.vmid() + " " + event.phase() + " -> "
                                        + answer.map(Hooks::word).orElse("no answer"));
                answered.accept(answer);
            }
        });
        kernel.trace().add(kernel.now(), "hook", event.vmid() + " " + event.phase() + " to " + life);
        new SimTimer(kernel, life, (thread, problem) -> judge.broke(problem))
                .threads()
                .newThread(() -> {
                    try {
                        once.accept(Optional.of(life.engine().hook(event, wait)));
                    } catch (PeerException failure) {
                        once.accept(Optional.empty());
                    }
                })
                .start();
        // An engine that is killed cuts the connection; one that lives must answer.
        watch(call, life, began, wait.toMillis(), once);
    }

    private void watch(Call call, Life life, long began, long wait, Consumer<Optional<HookAnswer>> once) {
        kernel.in(500, () -> {
            if (call.over) {
                return;
            }
            if (life.dead()) {
                once.accept(Optional.empty());
            } else if (kernel.now() - began > wait + GRACE) {
                judge.fail("a hook was not answered within its wait of " + wait + " ms");
                once.accept(Optional.empty());
            } else {
                watch(call, life, began, wait, once);
            }
        });
    }

    private static String word(HookAnswer answer) {
        return answer.getClass().getSimpleName();
    }

    /** The first that can be reached. */
    private Optional<Life> alive(int first) {
        for (int i = 0; i < lives.size(); i++) {
            Life life = lives.get((first + i) % lives.size());
            if (!life.dead()) {
                return Optional.of(life);
            }
        }
        return Optional.empty();
    }
}
