package net.berth.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.berth.engine.world.GuestRecord;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.GuestPlan;
import net.berth.plan.Plan;
import net.berth.plan.RowIndex;
import net.berth.plan.Situation.Boot;
import org.jspecify.annotations.Nullable;

/** One guest in one run: what it is, what it is planned from, what became of it. Used by one thread at a time. */
public final class Run {
    private final GuestRecord record;
    private final Request request;
    private final boolean look;
    private final List<Change> done = new ArrayList<>();
    private Target target;
    private @Nullable Facts facts;
    private @Nullable Plan plan;
    private @Nullable Boot boot;
    private @Nullable CompletableFuture<List<AddressRow>> rowsToCome;
    private @Nullable RuntimeException failure;
    private Instant began;
    private List<Conflict> refused = List.of();
    private Duration pause = Duration.ZERO;
    private String lastLoss = "its rows have changed";

    /** What a guest is to Berth in one run. */
    public sealed interface Target {
        /** The guest is there. */
        record Present(Guest guest) implements Target {}

        /**
         * The guest was deleted, which is proved.
         *
         * @param reason the proof, for the reasons of changes
         */
        record Gone(String reason) implements Target {}

        /** The operator ordered its release, whether it is there or not. */
        record Released() implements Target {}
    }

    /**
     * The end of a run.
     *
     * @param again when the guest needs another run; zero when it needs none
     * @param writesWait whether its config is still to be written: an order to write it stays open then
     */
    public record Done(Duration again, boolean writesWait) {
        public static final Done FOR_GOOD = new Done(Duration.ZERO, false);

        public static Done again(Duration pause) {
            return new Done(pause, false);
        }

        /** If it needs no other run, one after this pause. */
        public Done orAgain(Duration pause) {
            return again.isZero() ? new Done(pause, writesWait) : this;
        }

        /** The earlier of two. */
        public Done and(Done other) {
            boolean sooner = !other.again.isZero() && (again.isZero() || other.again.compareTo(again) < 0);
            return new Done(sooner ? other.again : again, writesWait || other.writesWait);
        }
    }

    /**
     * What the plan of one guest is made from, beside the guest itself.
     *
     * @param rows the guest's rows, or all rows
     * @param whole whether {@code rows} is all
     * @param ipamKnown whether NIPAP answered; else the rows are those of its last answer
     * @param routerKnown whether the router answered; else the view is that of its last answer
     * @param fixed whose config has an address; needed with {@code whole} only
     * @param pools the prefixes of each pool; needed with {@code whole} only
     */
    public record Facts(
            List<AddressRow> own,
            RowIndex rows,
            boolean whole,
            boolean ipamKnown,
            RouterView router,
            boolean routerKnown,
            Map<IpAddress, Set<GuestId>> fixed,
            Map<String, List<Prefix>> pools,
            Instant now) {

        public static Facts ofOwn(
                List<AddressRow> own, boolean ipamKnown, RouterView router, boolean routerKnown, Instant now) {
            return new Facts(own, RowIndex.of(own), false, ipamKnown, router, routerKnown, Map.of(), Map.of(), now);
        }

        /** All rows, for guests that are gone. */
        public static Facts ofAll(List<AddressRow> rows, RouterView router, Instant now) {
            return new Facts(List.of(), RowIndex.of(rows), true, true, router, true, Map.of(), Map.of(), now);
        }
    }

    /** A run that only shows the plan: it changes nothing that other runs use. */
    public static Run look(GuestRecord record, Request request, Guest guest, Instant began) {
        return new Run(record, request, new Target.Present(guest), began, true);
    }

    /** With the time before its first read. */
    public Run(GuestRecord record, Request request, Target target, Instant began) {
        this(record, request, target, began, false);
    }

    private Run(GuestRecord record, Request request, Target target, Instant began, boolean look) {
        this.began = began;
        this.look = look;
        this.record = record;
        this.request = request;
        this.target = target;
    }

    public GuestRecord record() {
        return record;
    }

    public GuestId id() {
        return record.id();
    }

    public Request request() {
        return request;
    }

    boolean isLook() {
        return look;
    }

    public Target target() {
        return target;
    }

    /** When the reads began that it is planned from. */
    public Instant began() {
        return began;
    }

    /** The guest and its rows are about to be read again. */
    public void began(Instant now) {
        began = now;
    }

    /** The guest was read again. */
    public void read(Guest now) {
        if (!guest().filter(now::equals).isPresent()) {
            boot = null;
        }
        target = new Target.Present(now);
    }

    public Optional<Guest> guest() {
        return target instanceof Target.Present present ? Optional.of(present.guest()) : Optional.empty();
    }

    public String title() {
        return guest().map(Guest::title).orElseGet(() -> id().toString());
    }

    /** What the last plan was made from. */
    public Facts facts() {
        return required(facts);
    }

    public Plan plan() {
        return required(plan);
    }

    /** The plan of a guest that is there. */
    public GuestPlan guestPlan() {
        return (GuestPlan) plan();
    }

    public void planned(Facts from, Plan made) {
        facts = from;
        plan = made;
    }

    /** Whether the guest's disk has run, once that was asked. */
    Optional<Boot> boot() {
        return Optional.ofNullable(boot);
    }

    void boot(Boot known) {
        boot = known;
    }

    /** Changes that were carried out. */
    public List<Change> done() {
        return done;
    }

    /** Conflicts in the router's words. */
    public List<Conflict> refused() {
        return refused;
    }

    /** The end of the run, or one that comes back for what the router refused. */
    public Done next(Done done, Instant now) {
        return refused.isEmpty() ? done : done.orAgain(record.refusedFor(now));
    }

    public void refused(List<Conflict> conflicts) {
        refused = List.copyOf(conflicts);
    }

    /** How long nothing of the plan is carried out; zero when it is not held back. */
    public Duration pause() {
        return pause;
    }

    /** The guest has changed too often. */
    public void pause(Duration left) {
        pause = left;
    }

    /** Why the last attempt did not come through. */
    public String lastLoss() {
        return lastLoss;
    }

    /** An attempt did not come through. */
    public void lost(String why) {
        lastLoss = why.isEmpty() ? lastLoss : why;
    }

    /** NIPAP's answer, where the facts are those of its last one. */
    public Optional<CompletableFuture<List<AddressRow>>> rowsToCome() {
        return Optional.ofNullable(rowsToCome);
    }

    public void rowsToCome(CompletableFuture<List<AddressRow>> reading) {
        rowsToCome = reading;
    }

    /** Why the run ended early. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Throws the failure, if there is one. */
    public void orThrow() {
        if (failure != null) {
            throw failure;
        }
    }

    public void failed(RuntimeException cause) {
        failure = cause;
    }

    private <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(title() + " was not planned yet");
        }
        return value;
    }
}
