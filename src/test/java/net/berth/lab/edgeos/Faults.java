package net.berth.lab.edgeos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What goes wrong on the router, set by a test or the lab. */
public final class Faults {
    /** How a torn read looks. */
    public enum Torn {
        /** Nothing at all. */
        EMPTY,
        /** The first half of the lines. */
        HALF,
        /** Everything but the DHCP server. */
        NO_DHCP,
        /** One shared network of several is missing, the rest looks whole. */
        NO_LAN,
        /** One static mapping is missing, the rest looks whole. */
        ONE_MAPPING_LESS
    }

    /** How a connection ends: as when a router loses power, or as when a network goes. */
    public enum Cut {
        /** The shell is killed on the spot: its session stays behind with its changes. */
        KILL,
        /** The shell sees the end of its input. */
        HANG_UP
    }

    record NodeFault(String word, String text) {}

    record CutPoint(int count, Cut cut, boolean after) {}

    private final AtomicInteger lockedCommits = new AtomicInteger();
    private final AtomicReference<Optional<String>> nextCommit = new AtomicReference<>(Optional.empty());
    private final List<NodeFault> nodes = new CopyOnWriteArrayList<>();
    private final AtomicInteger tornReads = new AtomicInteger();
    private volatile Torn torn = Torn.EMPTY;
    private volatile boolean lockHeld;
    private volatile boolean sudoPassword;
    private volatile boolean notAdmin;
    private volatile String bashrc = "";
    private volatile boolean saveFails;
    private volatile int freeShown = 20_000;
    private volatile boolean configFull;
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private volatile boolean leaseFilesHidden;
    private volatile boolean outputHeld;
    private volatile int hostsNotWritten;
    private volatile int dyingCommits;
    private volatile Duration commitTime = Duration.ZERO;
    private volatile Runnable beforeCommit = () -> {};
    private volatile Consumer<String> done = words -> {};
    final AtomicReference<Optional<CutPoint>> cutAtLine = new AtomicReference<>(Optional.empty());
    final AtomicReference<Optional<CutPoint>> cutAtCall = new AtomicReference<>(Optional.empty());

    /** The next commits, this many, find the lock held by another admin. */
    public void lockNextCommits(int attempts) {
        lockedCommits.set(attempts);
    }

    /** Another admin's commit holds the lock until told otherwise. */
    public void holdLock(boolean held) {
        lockHeld = held;
    }

    /** The next commit that has changes fails as a whole with this text; nothing is applied. */
    public void failNextCommit(String text) {
        nextCommit.set(Optional.of(text));
    }

    /** From now on each commit that adds or changes a node with this word in its path has its subtree refused. */
    public void refuseNode(String word, String text) {
        nodes.add(new NodeFault(word, text));
    }

    /** Ends all refusals of nodes. */
    public void refuseNothing() {
        nodes.clear();
    }

    /** The next reads of the config, this many, are torn. */
    public void tearReads(int reads, Torn how) {
        torn = how;
        tornReads.set(reads);
    }

    /** Sudo asks for a password from now on. */
    public void sudoAsksForPassword(boolean asks) {
        sudoPassword = asks;
    }

    /** The user is an operator from now on, not an admin. */
    public void notAdmin(boolean operator) {
        notAdmin = operator;
    }

    /** The login shell runs these lines of the user's ~/.bashrc before each command from now on. */
    public void bashrc(String lines) {
        bashrc = lines;
    }

    String bashrc() {
        return bashrc;
    }

    /** How many kB are free on /config from now on; with none, a save leaves an empty file, as EdgeOS does. */
    public void freeOnConfig(int shown, boolean isFull) {
        freeShown = shown;
        configFull = isFull;
    }

    int freeShown() {
        return freeShown;
    }

    boolean configFull() {
        return configFull;
    }

    /** Saving fails from now on. */
    public void saveFails(boolean fails) {
        saveFails = fails;
    }

    /** Daemons hold the output of the commands that started them, from now on. */
    public void holdOutput(boolean held) {
        outputHeld = held;
    }

    boolean outputHeld() {
        return outputHeld;
    }

    /** Whether the router's programs do not answer. */
    public void hang(boolean hangs) {
        hanging.countDown();
        hanging = new CountDownLatch(hangs ? 1 : 0);
    }

    void awaitAnswer() {
        try {
            if (!hanging.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the router was left hanging");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** The daemons' lease files cannot be found from now on, as on EdgeOS 1.9. */
    public void hideLeaseFiles(boolean hidden) {
        leaseFilesHidden = hidden;
    }

    /** The next commits of host mappings, this many, leave {@code /etc/hosts} as it was. */
    public void hostsFileStays(int commits) {
        hostsNotWritten = commits;
    }

    /** The daemons do not come back after the next commits, this many, that restart them. */
    public void daemonsDieAfter(int commits) {
        dyingCommits = commits;
    }

    /** How long a commit takes; reads meanwhile are torn. */
    public void commitTakes(Duration time) {
        commitTime = time;
    }

    /** Something another admin does between our last line and our commit. */
    public void beforeCommit(Runnable action) {
        beforeCommit = action;
    }

    /** Cuts the connection before the n-th line (from 1) that the next command gets on its standard input. */
    public void cutBeforeLine(int line, Cut cut) {
        cutAtLine.set(Optional.of(new CutPoint(line, cut, false)));
    }

    /** Cuts the connection at the n-th program (from 1) that the router runs for us, before or after it did its work. */
    public void cutAtProgram(int call, Cut cut, boolean after) {
        cutAtCall.set(Optional.of(new CutPoint(call, cut, after)));
    }

    /** Whether an armed cut is still waiting for its line or program; disarms it. */
    public boolean disarmCut() {
        boolean line = cutAtLine.getAndSet(Optional.empty()).isPresent();
        boolean call = cutAtCall.getAndSet(Optional.empty()).isPresent();
        return line || call;
    }

    /** Told of each program that ran for us, before it is answered: its name and words. */
    public void onDone(Consumer<String> listener) {
        done = listener;
    }

    void done(String words) {
        done.accept(words);
    }

    boolean locked() {
        return lockHeld || lockedCommits.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    Optional<String> takeCommitFailure() {
        return nextCommit.getAndSet(Optional.empty());
    }

    List<NodeFault> nodeFaults() {
        return List.copyOf(nodes);
    }

    Optional<Torn> takeTorn() {
        return tornReads.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? Optional.of(torn) : Optional.empty();
    }

    /** What sudo or sg does for the user: {@code free}, or {@code password} when it asks. */
    String policy(String program) {
        boolean asks = program.equals("sudo") ? sudoPassword : notAdmin;
        return asks ? "password" : "free";
    }

    boolean leaseFilesHidden() {
        return leaseFilesHidden;
    }

    synchronized boolean takeHostsNotWritten() {
        if (hostsNotWritten > 0) {
            hostsNotWritten--;
            return true;
        }
        return false;
    }

    boolean saveFails() {
        return saveFails;
    }

    synchronized boolean takeDeath() {
        if (dyingCommits > 0) {
            dyingCommits--;
            return true;
        }
        return false;
    }

    Duration commitTime() {
        return commitTime;
    }

    void runBeforeCommit() {
        Runnable action = beforeCommit;
        beforeCommit = () -> {};
        action.run();
    }
}
