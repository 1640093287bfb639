package net.berth.lab.proxmox;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A task: its type, its log, and how it ended. */
public final class LabTask {
    private final String node;
    private final String type;
    private final String id;
    private final String user;
    private final Instant start;
    private final String upid;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Instant end = Instant.MAX;
    private volatile String status = "";

    LabTask(String node, String type, String id, String user, Instant start, int number) {
        this.node = node;
        this.type = type;
        this.id = id;
        this.user = user;
        this.start = start;
        this.upid = String.format(
                Locale.ROOT,
                "UPID:%s:%08X:%08X:%08X:%s:%s:%s:",
                node,
                number,
                number,
                start.getEpochSecond(),
                type,
                id,
                user);
    }

    void line(String text) {
        log.add(text);
    }

    void warn(String text) {
        log.add("WARN: " + text);
    }

    void end(String exitStatus, Instant now) {
        status = exitStatus;
        end = now;
        done.countDown();
    }

    /** {@code OK} or the text of the error; empty while it runs. */
    public String exitStatus() {
        return status;
    }

    /** The lines of its log, those of the hookscript among them. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** Waits for its end, a minute at most. */
    public LabTask await() {
        try {
            if (!done.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException(upid + " still runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return this;
    }

    String upid() {
        return upid;
    }

    String node() {
        return node;
    }

    String type() {
        return type;
    }

    String id() {
        return id;
    }

    String user() {
        return user;
    }

    Instant start() {
        return start;
    }

    Optional<Instant> ended() {
        return status.isEmpty() ? Optional.empty() : Optional.of(end);
    }
}
