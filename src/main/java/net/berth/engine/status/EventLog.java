package net.berth.engine.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.engine.report.Health.Follower;

/**
 * The last events, for readers that follow them. Readers come with the id of the last one they know, so a slow reader costs
 * nothing and a broken connection loses nothing while the events are kept. It ends with the process: a reader that comes
 * back after a restart learns that it may have missed some.
 */
public final class EventLog {
    public static final int KEPT = 1000;
    private static final Pattern ID = Pattern.compile("([0-9a-z]{1,13})-([0-9]{1,18})");

    private final Clock clock;
    private final String life;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<Entry> kept = new ArrayDeque<>();
    private final List<Supplier<Follower>> followers = new CopyOnWriteArrayList<>();
    private long last;
    private long wakes;

    /** An empty log; the time of its birth is a part of its ids. */
    public EventLog(Clock clock) {
        this.clock = clock;
        this.life = Long.toString(clock.millis(), Character.MAX_RADIX);
    }

    /**
     * An event with its place.
     *
     * @param id what a reader shows to go on behind it
     * @param number counts up by one
     */
    public record Entry(String id, long number, Instant time, Event event) {}

    /**
     * The place of a reader in the log.
     *
     * @param number the last event it knows
     * @param missed whether events before this place may be lost to it
     */
    public record Place(long number, boolean missed) {}

    /** Adds a follower, whose state is asked for when it is shown. */
    public void followedBy(Supplier<Follower> follower) {
        followers.add(follower);
    }

    /** The state of each follower now. */
    public List<Follower> followers() {
        return followers.stream().map(Supplier::get).toList();
    }

    /** Adds an event and wakes the readers. */
    public void add(Event event) {
        locked(() -> {
            last++;
            kept.addLast(new Entry(life + "-" + last, last, clock.instant(), event));
            if (kept.size() > KEPT) {
                kept.removeFirst();
            }
            news.signalAll();
            return last;
        });
    }

    /** The end of the log: what a new reader begins with. */
    public Place end() {
        return locked(() -> new Place(last, false));
    }

    /** The place behind an event's id; for an id that is not known, the beginning of what is kept. */
    public Place after(String id) {
        Matcher parts = ID.matcher(id);
        boolean known = parts.matches() && parts.group(1).equals(life);
        long number = known ? Long.parseLong(parts.group(2)) : -1;
        return locked(() -> {
            long oldest = last - kept.size();
            return number >= oldest && number <= last ? new Place(number, false) : new Place(oldest, true);
        });
    }

    /** The events behind a place; waits for the first of them, empty when none came in time or before {@link #wake}. */
    public List<Entry> read(long number, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            long woken = wakes;
            while (last <= number && wakes == woken && left > 0) {
                left = news.awaitNanos(left);
            }
            return kept.stream().filter(entry -> entry.number() > number).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all readers that wait. */
    public void wake() {
        locked(() -> {
            news.signalAll();
            return ++wakes;
        });
    }

    private <T> T locked(Supplier<T> task) {
        lock.lock();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }
}
